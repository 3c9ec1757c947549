using EnterpriseHub.AiOrchestrator.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.AiOrchestrator.Tests;

public sealed class ModelTroubleTests
{
    private static readonly string[] Quick = ["--Orchestrator:Backoff:0=00:00:00.2", "--Claude:BreakFor=00:00:00.5"];

    [Fact]
    public async Task Claude_down_then_up_is_answered_once()
    {
        await using var hub = await Hub.StartAsync([.. Quick, "--Claude:BreakAfter=2"]);
        hub.Claude.Answer = (call, context) => hub.Claude.Calls.Count <= 4 ? FakeClaude.Fail(context, 500, "api_error") : FakeClaude.Usual(call, context);
        await hub.ReceiveAsync(Lead.Says("Hello"));
        var turn = await hub.TurnAsync();
        await hub.QuietAsync();
        Assert.Single(hub.Gateway.Replies);
        Assert.Equal(("send", "answered"), (turn.Decision, turn.Reason));
        Assert.True(await hub.CountAsync("model_call WHERE outcome <> 'ok'") > 0);
    }

    [Fact]
    public async Task Claude_down_for_good_ends_with_the_next_question_of_the_rules()
    {
        await using var hub = await Hub.StartAsync([.. Quick, "--Orchestrator:Attempts=2"]);
        hub.Claude.Answer = (_, context) => FakeClaude.Fail(context, 500, "api_error");
        await hub.ReceiveAsync(Lead.Says("Hello"));
        var turn = await hub.TurnAsync();
        Assert.Equal("Thanks for your message Maria. What is the address of the property?", (await hub.ReplyAsync()).Text);
        Assert.Equal(("send", "model_unavailable"), (turn.Decision, turn.Reason));
        Assert.Contains("model", turn.Degraded);
    }

    [Fact]
    public async Task A_silent_model_is_given_up_at_its_deadline()
    {
        await using var hub = await Hub.StartAsync([.. Quick, "--Orchestrator:Attempts=1", "--Claude:Deadline=00:00:00.3"]);
        hub.Claude.Answer = async (_, context) => await Task.Delay(Timeout.Infinite, context.RequestAborted);
        await hub.ReceiveAsync(Lead.Says("Hello"));
        Assert.Equal("model_late", (await hub.TurnAsync()).Reason);
    }

    [Theory]
    [InlineData(529, "overloaded_error", null)]
    [InlineData(429, "rate_limit_error", "0")]
    public async Task A_short_overload_is_tried_again_at_once(int status, string type, string? retryAfter)
    {
        await using var hub = await Hub.StartAsync();
        var failed = 0;
        hub.Claude.Answer = (call, context) => call.Purpose == "draft" && Interlocked.Increment(ref failed) == 1
            ? FakeClaude.Fail(context, status, type, retryAfter)
            : FakeClaude.Usual(call, context);
        await hub.ReceiveAsync(Lead.Says("Hello"));
        Assert.Equal("answered", (await hub.TurnAsync()).Reason);
        Assert.Equal(0, await hub.CountAsync("conversation WHERE attempts > 0"));
        Assert.Equal(2, hub.Claude.Of("draft").Count());
    }

    [Fact]
    public async Task A_long_retry_after_is_not_waited_for()
    {
        await using var hub = await Hub.StartAsync([.. Quick, "--Orchestrator:Attempts=1"]);
        hub.Claude.Answer = (_, context) => FakeClaude.Fail(context, 429, "rate_limit_error", "75");
        await hub.ReceiveAsync(Lead.Says("Hello"));
        Assert.Equal("model_limited", (await hub.TurnAsync()).Reason);
        // Neither is asked twice; the second may not even have left when the first was refused.
        Assert.Equal(hub.Claude.Calls.Select(call => call.Purpose).Distinct(), hub.Claude.Calls.Select(call => call.Purpose));
    }

    [Theory]
    [InlineData("", "end_turn", "model_unreadable")]
    [InlineData("this is no json", "end_turn", "model_unreadable")]
    [InlineData("{\"reply\": \"cut in the", "max_tokens", "model_cut")]
    [InlineData("", "refusal", "model_refused")]
    [InlineData("{\"asks\":\"none\"}", "end_turn", "model_unreadable")]
    [InlineData("{\"reply\":\"\",\"asks\":\"none\",\"needs_human\":false}", "end_turn", "empty_reply")]
    [InlineData("{\"reply\":\"See www.example.com\",\"asks\":\"none\",\"needs_human\":false}", "end_turn", "link_in_reply")]
    [InlineData("{\"reply\":\"Call 909 555 0100 now\",\"asks\":\"none\",\"needs_human\":false}", "end_turn", "phone_in_reply")]
    [InlineData("{\"reply\":\"Homes there sell for $712,000.\",\"asks\":\"none\",\"needs_human\":false}", "end_turn", "unknown_amount")]
    public async Task An_unusable_draft_gives_way_to_the_next_question(string text, string stop, string reason)
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Answer = (call, context) => call.Purpose == "draft" ? FakeClaude.Text(context, text, stop) : FakeClaude.Usual(call, context);
        await hub.ReceiveAsync(Lead.Says("Hello"));
        Assert.Equal(reason, (await hub.TurnAsync()).Reason);
        Assert.Equal("Thanks, that helps. What is the address of the property?", (await hub.ReplyAsync()).Text);
    }

    [Fact]
    public async Task A_refused_analysis_is_not_asked_again_and_the_rules_answer()
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Answer = (call, context) => call.Purpose == "analyze" ? FakeClaude.Text(context, "", "refusal") : FakeClaude.Usual(call, context);
        await hub.ReceiveAsync(Lead.Says("Hello"));
        Assert.Equal("model_refused", (await hub.TurnAsync()).Reason);
        Assert.Single(hub.Claude.Of("analyze"));
    }

    [Fact]
    public async Task A_failed_draft_ends_the_analysis_at_once()
    {
        await using var hub = await Hub.StartAsync([.. Quick, "--Orchestrator:Attempts=1"]);
        var ended = new TaskCompletionSource();
        var analysing = new TaskCompletionSource();
        hub.Claude.Answer = async (call, context) =>
        {
            if (call.Purpose == "draft")
            {
                await analysing.Task.WaitAsync(context.RequestAborted);
                await FakeClaude.Fail(context, 500, "api_error");
                return;
            }
            using var end = context.RequestAborted.Register(ended.SetResult);
            analysing.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        await hub.ReceiveAsync(Lead.Says("Hello"));
        Assert.Equal("model_unavailable", (await hub.TurnAsync()).Reason);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task When_the_days_money_is_spent_the_rules_answer_without_the_model()
    {
        await using var hub = await Hub.StartAsync();
        var profile = Lead.Profile(budget: 0.0000001m);
        await hub.ReceiveAsync(Lead.Says("Hello", profile));
        await hub.TurnAsync();
        await hub.QuietAsync();
        var calls = hub.Claude.Calls.Count;
        await hub.ReceiveAsync(Lead.Says("Anyone", profile));
        var turn = await hub.TurnAsync(2);
        Assert.Equal("budget_spent", turn.Reason);
        Assert.Contains("model", turn.Degraded);
        Assert.Equal(calls, hub.Claude.Calls.Count);
        Assert.Equal(0, turn.CostMicroUsd);
    }

    [Theory]
    [InlineData("content", """[{"type":"text","text":{"a":1}}]""")]
    [InlineData("usage", "\"none\"")]
    [InlineData("stop_reason", "{}")]
    public async Task An_answer_of_another_shape_ends_as_unreadable(string member, string value)
    {
        await using var hub = await Hub.StartAsync([.. Quick, "--Orchestrator:Attempts=1"]);
        hub.Claude.Answer = (_, context) =>
        {
            var message = System.Text.Json.Nodes.JsonNode.Parse(ModelAnswers.Message(ModelAnswers.Draft))!;
            message[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(message.ToJsonString());
        };
        await hub.ReceiveAsync(Lead.Says("Hello"));
        Assert.Equal("model_unreadable", (await hub.TurnAsync()).Reason);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task An_absurd_count_of_tokens_neither_spends_the_day_nor_pays_it_back(long tokens)
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Answer = (call, context) =>
        {
            var message = System.Text.Json.Nodes.JsonNode.Parse(ModelAnswers.Message(call.Purpose == "analyze" ? FakeClaude.Analysis() : FakeClaude.Draft(call)))!;
            message["usage"]!["input_tokens"] = tokens;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(message.ToJsonString());
        };
        await hub.ReceiveAsync(Lead.Says("Hello"));
        var turn = await hub.TurnAsync();
        Assert.Equal("answered", turn.Reason);
        Assert.InRange(turn.CostMicroUsd, 0, 1_000_000);
    }

    [Fact]
    public async Task Casing_and_types_of_the_answer_are_not_trusted()
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Answer = (call, context) => call.Purpose == "analyze"
            ? FakeClaude.Text(context, """{"intent":"SELL","sentiment":"Neutral","urgency":"HIGH","language":"EN","objections":[],"facts":{"price":"650000","bedrooms":3.0,"bathrooms":1e999,"budget_max":5,"area":"down\u0000town","timeline_accepted":"TRUE"},"needs_human":"false","opt_out":false}""", "END_TURN")
            : FakeClaude.Usual(call, context);
        await hub.ReceiveAsync(Lead.Says("650000"));
        var turn = await hub.TurnAsync();
        Assert.Equal("sell", turn.Analysis["intent"]);
        Assert.Equal("650000", turn.Qualification["price"]);
        Assert.Equal("3", turn.Qualification["bedrooms"]);
        Assert.False(turn.Qualification.ContainsKey("budget_max") || turn.Qualification.ContainsKey("bathrooms"));
        Assert.Equal("downtown", turn.Qualification["area"]);
    }
}
