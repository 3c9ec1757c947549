using EnterpriseHub.AiOrchestrator.Tests.Support;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;

namespace EnterpriseHub.AiOrchestrator.Tests;

public sealed class TurnTests
{
    [Fact]
    public async Task A_message_is_analysed_and_drafted_at_once_and_answered_once()
    {
        await using var hub = await Hub.StartAsync();
        var both = new TaskCompletionSource();
        hub.Claude.Answer = async (call, context) =>
        {
            if (hub.Claude.Calls.Count == 2)
            {
                both.TrySetResult();
            }
            // Neither call is answered before both are here: they are asked side by side.
            await both.Task.WaitAsync(context.RequestAborted);
            await FakeClaude.Usual(call, context);
        };

        var message = Lead.Says("I am thinking of selling");
        await hub.ReceiveAsync(message);
        var reply = await hub.ReplyAsync();
        var turn = await hub.TurnAsync();
        await hub.QuietAsync();

        Assert.Single(hub.Gateway.Replies);
        Assert.Equal(2, hub.Claude.Calls.Count);
        Assert.Equal(message.Seq, reply.AnswersUpToSeq);
        Assert.Equal(turn.TurnId, reply.TurnId);
        Assert.Equal("send", turn.Decision);
        Assert.Equal("seller", turn.Mode);
        Assert.Equal(["analyze", "contact", "draft", "market", "qualification", "score"], turn.Steps.Select(step => step.Step).Order());
        Assert.True(turn.CostMicroUsd > 0);
        Assert.Contains("address", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_rapid_messages_are_one_turn()
    {
        await using var hub = await Hub.StartAsync();
        var profile = Lead.Profile(TimeSpan.FromMilliseconds(700));
        await hub.ReceiveAsync(Lead.Says("Hi", profile), Lead.Says("I want to sell", profile), Lead.Says("in Ontario", profile));
        var turn = await hub.TurnAsync();
        await hub.QuietAsync();

        Assert.Single(hub.Gateway.Turns);
        Assert.Single(hub.Gateway.Replies);
        Assert.Equal(3, turn.Messages);
        Assert.Equal(["Hi", "I want to sell", "in Ontario"], hub.Claude.Of("draft").Last().Block("messages"));
    }

    [Fact]
    public async Task A_message_during_the_think_cancels_it_and_is_joined()
    {
        await using var hub = await Hub.StartAsync("--Orchestrator:Heartbeat=00:00:30", "--Claude:Deadline=00:01:00", "--Orchestrator:Budgets:Analyze=00:01:00");
        var cancelled = 0;
        var first = Lead.Says("Hi");
        var second = Lead.Says("Wait, I mean to buy");
        hub.Claude.Answer = async (call, context) =>
        {
            if (call.Block("messages").Count == 1)
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                finally
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
            await FakeClaude.Usual(call, context);
        };

        await hub.ReceiveAsync(first);
        await Hub.Until(() => hub.Claude.Calls.Count == 2, "the first think");
        await hub.ReceiveAsync(second);
        var turn = await hub.TurnAsync();
        await hub.QuietAsync();

        Assert.Single(hub.Gateway.Replies);
        Assert.Equal(2, turn.Messages);
        Assert.Equal(second.Seq, turn.AnswersUpToSeq);
        await Hub.Until(() => cancelled == 2, "both calls to be cancelled");
    }

    [Fact]
    public async Task A_message_that_comes_ten_times_is_answered_once()
    {
        await using var hub = await Hub.StartAsync();
        var message = Lead.Says("Hello");
        await hub.ReceiveAsync([.. Enumerable.Repeat(message, 10)]);
        await hub.TurnAsync();
        await hub.QuietAsync();
        await hub.ReceiveAsync(message);
        await hub.QuietAsync();

        Assert.Single(hub.Gateway.Turns);
        Assert.Single(hub.Gateway.Replies);
        Assert.Equal(1, await hub.CountAsync("message WHERE direction = 'lead'"));
    }

    [Fact]
    public async Task A_message_that_arrives_after_a_later_one_was_answered_is_answered_too()
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReceiveAsync(Lead.Says("Are you there", seq: 7));
        await hub.TurnAsync();
        await hub.QuietAsync();
        await hub.ReceiveAsync(Lead.Says("I want to sell", seq: 5));
        var late = await hub.TurnAsync(2);

        Assert.Equal(7, late.AnswersUpToSeq);
        Assert.Equal(1, late.Messages);
        Assert.Equal(["I want to sell"], hub.Claude.Of("draft").Last().Block("messages"));
    }

    [Fact]
    public async Task Turns_of_many_conversations_run_side_by_side_and_each_is_answered_once()
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReceiveAsync([.. Enumerable.Range(0, 40).Select(one => Lead.Says("Hello", conversation: $"c{one}", contact: $"p{one}"))]);
        await hub.TurnAsync(40);
        await hub.QuietAsync();

        Assert.Equal(40, hub.Gateway.Replies.Select(reply => reply.ConversationId).Distinct().Count());
        Assert.Equal(40, hub.Gateway.Replies.Count);
    }

    [Fact]
    public async Task The_messages_of_an_overtaken_reply_are_answered_again()
    {
        await using var hub = await Hub.StartAsync();
        hub.Gateway.Settle = reply => hub.Gateway.Replies.Count == 1 ? ReplyState.Superseded : ReplyState.Sent;
        await hub.ReceiveAsync(Lead.Says("I want to sell"));
        await hub.ReplyAsync();
        await hub.ReceiveAsync(Lead.Says("as soon as possible"));
        var second = await hub.TurnAsync(2);
        await hub.QuietAsync();

        Assert.Equal(2, second.Messages);
        var draft = hub.Claude.Of("draft").Last();
        Assert.Equal(["I want to sell", "as soon as possible"], draft.Block("messages"));
        Assert.DoesNotContain(draft.Block("history"), line => line.StartsWith("assistant:", StringComparison.Ordinal));
        Assert.Equal("superseded", await DeliveryAsync(hub, 1));
        Assert.Equal("sent", await DeliveryAsync(hub, 2));
    }

    [Fact]
    public async Task What_is_said_is_remembered_and_never_asked_again()
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Facts = call => call.Block("messages").Contains("12 Oak Street") ? new { address = "12 Oak Street" } : null;
        await hub.ReceiveAsync(Lead.Says("Hi"));
        Assert.Contains("address", (await hub.ReplyAsync()).Text, StringComparison.Ordinal);
        await hub.QuietAsync();
        await hub.ReceiveAsync(Lead.Says("12 Oak Street"));

        // The draft was written beside the analysis and asks for the address again; it must not go out so.
        Assert.Equal("Thanks for that. What makes you think of selling, and where would you move to?", (await hub.ReplyAsync(2)).Text);
        var turn = await hub.TurnAsync(2);
        Assert.Equal("question_replaced", turn.Reason);
        Assert.Equal("12 Oak Street", turn.Qualification["address"]);
        await hub.QuietAsync();
        await hub.ReceiveAsync(Lead.Says("why?"));
        await hub.TurnAsync(3);
        Assert.Contains("address: 12 Oak Street", hub.Claude.Of("draft").Last().Block("known"));
        Assert.Contains("lead: 12 Oak Street", hub.Claude.Of("analyze").Last().Block("history"));
    }

    [Fact]
    public async Task A_hot_seller_is_handed_over_with_tags_fields_workflow_and_stage()
    {
        await using var hub = await Hub.StartAsync();
        var crm = new CrmMapping
        {
            Fields = new Dictionary<string, string> { ["price"] = "f_price", ["temperature"] = "f_temp", ["answered"] = "f_answered" },
            Workflows = new Dictionary<string, string> { ["hot"] = "wf_hot" },
            PipelineId = "pipe", Stages = new Dictionary<string, string> { ["hot"] = "stage_hot" },
        };
        hub.Claude.Facts = _ => new { motivation = "job in Texas", timeline_accepted = true, condition = "move-in ready", price = 650000 };
        await hub.ReceiveAsync(Lead.Says("Job in Texas, asap, move in ready, 650k", Lead.Profile(crm: crm)));
        var turn = await hub.TurnAsync();
        await hub.QuietAsync();

        Assert.Equal(("hand_over", "hot_lead", "hot"), (turn.Decision, turn.Reason, turn.Temperature));
        Assert.Single(hub.Gateway.Replies);
        var added = Assert.Single(hub.Gateway.Commands.OfType<AddTags>());
        Assert.Equal(["Hot-Seller", "Seller-Qualified", "Human-Follow-Up-Needed", "AI-Off"], added.Tags);
        Assert.Equal($"{turn.TurnId}:add_tags", added.ActionId);
        Assert.Equal(["needs qualifying"], Assert.Single(hub.Gateway.Commands.OfType<RemoveTags>()).Tags);
        Assert.Equal("650000", Assert.Single(hub.Gateway.Commands.OfType<SetCustomFields>()).Fields["f_price"]);
        Assert.Equal("wf_hot", Assert.Single(hub.Gateway.Commands.OfType<EnrollInWorkflow>()).WorkflowId);
        Assert.Equal("stage_hot", Assert.Single(hub.Gateway.Commands.OfType<MoveOpportunity>()).StageId);
    }

    [Fact]
    public async Task A_lead_who_was_handed_over_hears_no_second_goodbye_before_the_tags_arrive()
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Answer = (call, context) => FakeClaude.Text(context, call.Purpose == "analyze" ? FakeClaude.Analysis(needsHuman: true) : FakeClaude.Draft(call));
        await hub.ReceiveAsync(Lead.Says("Let me talk to a person"));
        Assert.Equal("needs_human", (await hub.TurnAsync()).Reason);
        await hub.QuietAsync();
        await hub.ReceiveAsync(Lead.Says("Thanks"));
        var second = await hub.TurnAsync(2);
        await hub.QuietAsync();
        Assert.Equal(("stay_silent", "takeover"), (second.Decision, second.Reason));
        Assert.Single(hub.Gateway.Replies);
    }

    private static async Task<string?> DeliveryAsync(Hub hub, int turn)
    {
        var id = hub.Gateway.Turns.ToArray()[turn - 1].TurnId;
        return await hub.CountAsync($"turn WHERE turn_id = '{id}' AND delivery = 'superseded'") == 1 ? "superseded"
            : await hub.CountAsync($"turn WHERE turn_id = '{id}' AND delivery = 'sent'") == 1 ? "sent" : "other";
    }
}
