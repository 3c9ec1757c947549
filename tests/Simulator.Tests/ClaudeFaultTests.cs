using System.Text.Json;

namespace EnterpriseHub.Simulator.Tests;

public sealed class ClaudeFaultTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Theory]
    [InlineData("429", 429, "rate_limit_error")]
    [InlineData("529", 529, "overloaded_error")]
    [InlineData("500", 500, "api_error")]
    [InlineData("spend-cap", 429, "rate_limit_error")]
    public async Task An_error_has_its_status_and_type(string mode, int status, string type)
    {
        await host.FaultAsync(new { upstream = "claude", mode, count = 1, retryAfter = mode == "429" ? 7 : (int?)null });
        using var response = await host.ClaudeAsync(Prompts.Plain("hi"));
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(type, error.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(mode == "429" ? "7" : null, response.Headers.RetryAfter?.ToString());
        if (mode == "spend-cap")
        {
            Assert.Equal("enforced_spend_limit_reached", error.GetProperty("error").GetProperty("details").GetProperty("error_code").GetString());
        }
    }

    [Fact]
    public async Task A_rule_for_drafts_leaves_analyses_alone()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "529", purpose = "draft" });
        Assert.Equal(200, (await host.AskAsync(Prompts.Analyse("hi"))).Status);
        Assert.Equal(529, (await host.AskAsync(Prompts.DraftReply("hi"))).Status);
        await host.NoFaultAsync();
    }

    [Fact]
    public async Task Empty_and_refused_answers_have_no_content()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "empty", count = 1 });
        var (_, empty) = await host.AskAsync(Prompts.DraftReply("hi"));
        Assert.Empty(empty.GetProperty("content").EnumerateArray());
        Assert.Equal("end_turn", empty.GetProperty("stop_reason").GetString());
        await host.FaultAsync(new { upstream = "claude", mode = "refusal", count = 1 });
        Assert.Equal("refusal", (await host.AskAsync(Prompts.DraftReply("hi"))).Body.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Invalid_JSON_is_text_that_does_not_parse()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "invalid-json", count = 1 });
        var (status, answer) = await host.AskAsync(Prompts.DraftReply("hi"));
        Assert.Equal(200, status);
        Assert.ThrowsAny<JsonException>(() => Prompts.Text(answer));
    }

    [Fact]
    public async Task Enum_values_come_in_the_other_case()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "enum-case", count = 1 });
        var answer = Prompts.Text((await host.AskAsync(Prompts.Analyse("I want to sell"))).Body);
        Assert.Equal("SELLER", answer.GetProperty("intent").GetString());
    }

    [Fact]
    public async Task A_huge_answer_is_huge()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "huge", count = 1 });
        var body = Prompts.DraftReply("hi");
        body["max_tokens"] = 100_000;
        Assert.Equal(100_000, Prompts.Text((await host.AskAsync(body)).Body).GetProperty("reply").GetString()!.Length);
    }

    [Fact]
    public async Task Garbage_and_cut_bodies_are_200_and_not_JSON()
    {
        foreach (var mode in new[] { "garbage", "cut" })
        {
            await host.FaultAsync(new { upstream = "claude", mode, count = 1 });
            using var response = await host.ClaudeAsync(Prompts.DraftReply("hi"));
            Assert.Equal(200, (int)response.StatusCode);
            var text = await response.Content.ReadAsStringAsync();
            Assert.ThrowsAny<JsonException>(() => JsonElement.Parse(text));
        }
    }

    [Fact]
    public async Task A_reset_breaks_the_connection()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "reset", count = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => host.ClaudeAsync(Prompts.Plain("hi")));
    }

    [Fact]
    public async Task A_hang_is_silent_until_the_caller_gives_up()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "hang", count = 1 });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.ClaudeAsync(Prompts.Plain("hi"), cancellation: patience.Token));
    }
}
