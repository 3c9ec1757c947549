using System.Threading.Channels;
using EnterpriseHub.LoadTests.Floor;
using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.LoadTests.Scenarios;
using EnterpriseHub.LoadTests.Traffic;
using EnterpriseHub.Simulator.Control;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>Puts one window of load on the product or on the floor, and waits until all of it is answered.</summary>
internal sealed class WindowRunner(Target target, HttpClient http, LedgerFollower ledger, PreciseDelay delay, TimeProvider time, string run)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    private int _windows;

    /// <summary>The product: signed webhooks to the gateway.</summary>
    public async Task<Window> ProductAsync(Step step, RateProfile course, IReadOnlyList<string> locations, string silent, CancellationToken cancellation)
    {
        var id = NextId();
        var plan = new WebhookPlan
        {
            Window = id, Messages = course, Locations = locations, SilentLocation = silent, Mix = step.Mix,
            Spacing = step.Spacing, PerConversation = step.PerConversation, Poisson = step.Poisson, Seed = _windows,
        };
        var webhooks = await SignedAhead.OfAsync(plan, target.Key, time, cancellation);
        var delivery = new WebhookDelivery(http, target.Hub, step.Patience, time);
        var started = Start(id);
        await WhileFollowingAsync(started.Loop.RunAsync(webhooks, webhook => webhook.Planned.Due, delivery.DeliverAsync, cancellation), cancellation);
        return await FinishAsync(started, step.Patience, () => [.. delivery.Handovers.Values], cancellation) with
        {
            Webhooks = delivery.Webhooks, Acknowledged = delivery.Acknowledged, TakenLater = delivery.TakenLater, Refusals = delivery.Refusals,
        };
    }

    /// <summary>The floor: the same upstream calls, nothing else.</summary>
    public async Task<Window> FloorAsync(Step step, CancellationToken cancellation)
    {
        var id = NextId();
        var course = step.Floor;
        var locations = Enumerable.Range(0, Math.Max(20, step.LocationCount)).Select(number => $"{run}-floor-{number}").ToList();
        var turns = new FloorTurns(http, target.Simulator, id, locations, Math.Max(1, (int)(course.HighestRate * step.Spacing)));
        var channel = Channel.CreateUnbounded<(TimeSpan Due, int Number)>();
        var number = 0;
        foreach (var due in course.Arrivals(step.Poisson ? new Random(_windows) : null))
        {
            channel.Writer.TryWrite((due, ++number));
        }
        channel.Writer.Complete();
        var started = Start(id);
        await WhileFollowingAsync(started.Loop.RunAsync(channel.Reader, turn => turn.Due, (turn, due) => turns.RunAsync(turn.Number, due), cancellation), cancellation);
        return await FinishAsync(started, step.Patience, () => [.. turns.Handovers.Values], cancellation);
    }

    /// <summary>One bare operation of the servers at the step's rate.</summary>
    public async Task<Distribution> StageAsync(IStageFloor stage, double rate, double seconds, CancellationToken cancellation)
    {
        var channel = Channel.CreateUnbounded<TimeSpan>();
        foreach (var due in RateProfile.Constant(rate, seconds).Arrivals(null))
        {
            channel.Writer.TryWrite(due);
        }
        channel.Writer.Complete();
        // The first ones are compiled and connect.
        await stage.RunAsync();
        await stage.RunAsync();
        var took = new Latencies();
        await new OpenLoop(delay, time).RunAsync(channel.Reader, due => due, async (_, due) =>
        {
            await stage.RunAsync();
            took.Record(OpenLoop.UnixMs(time.GetUtcNow()) - due);
        }, cancellation);
        return took.Read();
    }

    private string NextId() => $"{run}w{++_windows}";

    private Started Start(string id) => new(id, new OpenLoop(delay, time), CpuMeter.Start(target), OpenLoop.UnixMs(time.GetUtcNow()), time.GetTimestamp());

    private async Task<Window> FinishAsync(Started started, TimeSpan patience, Func<IReadOnlyList<Handover>> handovers, CancellationToken cancellation)
    {
        var all = handovers();
        var replies = ledger.Of(started.Id);
        var waiting = time.GetTimestamp();
        await ledger.PollAsync(cancellation);
        while (replies.Answered < all.Count && time.GetElapsedTime(waiting) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellation);
            await ledger.PollAsync(cancellation);
        }
        return new Window
        {
            Id = started.Id,
            StartedAt = started.At,
            Seconds = Math.Round(time.GetElapsedTime(started.Timestamp).TotalSeconds, 2),
            Handovers = all,
            Replies = replies,
            Lag = started.Loop.Lag,
            Cpu = started.Cpu.Stop(target),
            Memory = Memory(),
        };
    }

    private Dictionary<string, double> Memory()
    {
        var table = ProcessTable.Read();
        return target.Processes().ToDictionary(program => program.Key, program => ProcessUse.Of(program.Value, table).MemoryMb, StringComparer.Ordinal);
    }

    /// <summary>Reads the ledger while the load runs, so that nothing falls out of the simulator's memory unread.</summary>
    private async Task WhileFollowingAsync(Task load, CancellationToken cancellation)
    {
        while (!load.IsCompleted)
        {
            await Task.WhenAny(load, Task.Delay(Poll, time, cancellation));
            if (!load.IsCompleted)
            {
                await ledger.PollAsync(cancellation);
            }
        }
        await load;
    }

    private sealed record Started(string Id, OpenLoop Loop, CpuMeter Cpu, double At, long Timestamp);
}
