using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.AiOrchestrator.Tests.Support;
using EnterpriseHub.Contracts.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.AiOrchestrator.Tests;

public sealed class LeaseTests
{
    private static readonly ConversationKey Key = new("loc1", "conv1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_one_of_many_takers_gets_the_lease_and_each_lease_has_a_higher_epoch()
    {
        await using var hub = await Hub.StartAsync();
        var first = await hub.ReceiveAndDieAsync(Lead.Says("Hello"));
        var leases = hub.First.GetRequiredService<TurnLeases>();
        Assert.Equal(1, first!.Epoch);
        Assert.Null(await leases.TakeAsync(Key, Stop));
        await hub.First.GetRequiredService<OrchestratorDatabase>().WriteAsync(unit => unit.ExecuteAsync("UPDATE conversation SET lease_until = 1"), Stop);

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => leases.TakeAsync(Key, Stop)));

        Assert.Equal(2, Assert.Single(taken.OfType<Lease>()).Epoch);
        Assert.Null(await leases.RenewAsync(first, Stop));
    }

    [Fact]
    public async Task A_stale_epoch_commits_nothing()
    {
        await using var hub = await Hub.StartAsync();
        var stale = (await hub.ReceiveAndDieAsync(Lead.Says("Hello")))!;
        var (loaded, outcome) = await ThinkAsync(hub, stale);
        await hub.ExpireLeasesAsync();
        await hub.TurnAsync();
        await hub.QuietAsync();

        var committed = await hub.First.GetRequiredService<CommitTurn>().RunAsync(stale, loaded, outcome, [], Stop);

        await hub.QuietAsync();
        Assert.Equal(Committed.OutOfDate, committed);
        Assert.Single(hub.Gateway.Turns);
        Assert.Single(hub.Gateway.Replies);
        Assert.Equal(1, await hub.CountAsync("turn"));
        Assert.Equal(1, await hub.CountAsync("message WHERE direction = 'assistant'"));
    }

    [Fact]
    public async Task A_message_that_comes_between_two_reads_is_left_to_the_next_turn()
    {
        await using var hub = await Hub.StartAsync();
        var lease = (await hub.ReceiveAndDieAsync(Lead.Says("Hello")))!;
        Assert.Null(await hub.ReceiveAndDieAsync(Lead.Says("and one more thing")));
        // The conversation as it was a moment before the second one.
        await hub.First.GetRequiredService<OrchestratorDatabase>().WriteAsync(unit => unit.ExecuteAsync("UPDATE conversation SET arrived = 1"), Stop);

        var loaded = (await hub.First.GetRequiredService<LoadTurn>().RunAsync(lease, Stop))!;

        Assert.Equal(1, loaded.Seen);
        Assert.Equal("Hello", Assert.Single(loaded.Turn!.Unanswered).Text);
    }

    [Fact]
    public async Task A_commit_after_a_newer_message_writes_nothing()
    {
        await using var hub = await Hub.StartAsync();
        var lease = (await hub.ReceiveAndDieAsync(Lead.Says("Hello")))!;
        var (loaded, outcome) = await ThinkAsync(hub, lease);
        Assert.Null(await hub.ReceiveAndDieAsync(Lead.Says("and one more thing")));

        var commit = hub.First.GetRequiredService<CommitTurn>();
        Assert.Equal(Committed.OutOfDate, await commit.RunAsync(lease, loaded, outcome, [], Stop));
        Assert.False(await hub.First.GetRequiredService<TurnLeases>().ReleaseAsync(lease, loaded.Seen, Stop));
        Assert.Equal(0, await hub.CountAsync("turn"));

        // Past the cap the answer goes out and the rest waits for the next turn.
        Assert.Equal(Committed.MoreWaiting, await commit.RunAsync(lease, loaded with { PastCap = true }, outcome, [], Stop));
    }

    [Fact]
    public async Task A_turn_of_a_process_that_died_is_taken_up_by_another()
    {
        await using var hub = await Hub.StartAsync();
        var dead = await hub.ReceiveAndDieAsync(Lead.Says("Hello"));
        await Task.Delay(1_500, Stop);
        Assert.Empty(hub.Gateway.Turns);

        await hub.ExpireLeasesAsync();
        await hub.TurnAsync();
        await hub.QuietAsync();

        Assert.Single(hub.Gateway.Replies);
        Assert.True((await hub.ReplyAsync()).Epoch > dead!.Epoch);
    }

    [Fact]
    public async Task A_message_redelivered_after_a_crash_takes_the_turn()
    {
        await using var hub = await Hub.StartAsync();
        var message = Lead.Says("Hello");
        await hub.ReceiveAndDieAsync(message);
        await hub.First.GetRequiredService<OrchestratorDatabase>().WriteAsync(unit => unit.ExecuteAsync("UPDATE conversation SET lease_until = 1"), Stop);
        await hub.ReceiveAsync(message);
        await hub.TurnAsync();
        await hub.QuietAsync();
        Assert.Single(hub.Gateway.Replies);
    }

    [Fact]
    public async Task A_message_that_another_process_stored_is_seen_at_the_next_heartbeat()
    {
        await using var hub = await Hub.StartAsync("--Orchestrator:Heartbeat=00:00:00.1");
        hub.Claude.Answer = async (call, context) =>
        {
            if (call.Block("messages").Count == 1)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            await FakeClaude.Usual(call, context);
        };
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await Hub.Until(() => hub.Claude.Calls.Count == 2, "the think");
        Assert.Null(await hub.ReceiveAndDieAsync(Lead.Says("I want to sell")));
        Assert.Equal(2, (await hub.TurnAsync()).Messages);
        Assert.Single(hub.Gateway.Replies);
    }

    [Fact]
    public async Task A_holder_that_lost_its_lease_drops_its_thought()
    {
        await using var hub = await Hub.StartAsync("--Orchestrator:Heartbeat=00:00:00.1");
        var ended = new TaskCompletionSource();
        hub.Claude.Answer = async (call, context) =>
        {
            if (hub.Claude.Calls.Count <= 2)
            {
                using var end = context.RequestAborted.Register(() => ended.TrySetResult());
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            await FakeClaude.Usual(call, context);
        };
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await Hub.Until(() => hub.Claude.Calls.Count == 2, "the think");
        await hub.First.GetRequiredService<OrchestratorDatabase>().WriteAsync(
            unit => unit.ExecuteAsync("UPDATE conversation SET epoch = epoch + 1, lease_until = 1, due_at = 1"), Stop);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(120), Stop);
        Assert.Equal(3, (await hub.ReplyAsync()).Epoch);
        await hub.QuietAsync();
        Assert.Single(hub.Gateway.Replies);
    }

    [Fact]
    public async Task Two_processes_on_one_store_answer_each_conversation_once()
    {
        await using var hub = await Hub.StartAsync();
        await hub.AddInstanceAsync();
        var messages = Enumerable.Range(0, 15).Select(one => Lead.Says("Hello", conversation: $"c{one}", contact: $"p{one}")).ToList();
        foreach (var message in messages)
        {
            await hub.ReceiveAndDieAsync(message);
        }
        // Both sweeps find all of them.
        await hub.ExpireLeasesAsync();
        await hub.QuietAsync();
        Assert.Equal(15, await hub.CountAsync("turn"));
        Assert.Equal(15, await hub.CountAsync("message WHERE direction = 'assistant'"));
        Assert.Equal(30, hub.Claude.Calls.Count);
    }

    [Fact]
    public async Task A_reply_without_a_report_is_commanded_again_until_there_is_one()
    {
        await using var hub = await Hub.StartAsync("--Orchestrator:RingPendingAfter=00:00:01");
        hub.Gateway.Settle = _ => hub.Gateway.Replies.Count < 2 ? null : ReplyState.Sent;
        await hub.ReceiveAsync(Lead.Says("Hello"));
        var again = await hub.ReplyAsync(2);
        Assert.Equivalent(hub.Gateway.Replies.First() with { Answers = [] }, again, strict: true);
        await Hub.UntilAsync(async () => await hub.CountAsync("turn WHERE delivery = 'sent'") == 1, "the report");
        Assert.Single(hub.Gateway.Turns);
    }

    private static async Task<(Loaded Loaded, Outcome Outcome)> ThinkAsync(Hub hub, Lease lease)
    {
        var loaded = (await hub.First.GetRequiredService<LoadTurn>().RunAsync(lease, Stop))!;
        var outcome = await hub.First.GetRequiredService<ReplyToMessageFlow>().RunAsync(loaded.Turn!, new Claude.CallLog(), null, Stop);
        return (loaded, outcome);
    }
}
