using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.LoadTests.Reports;
using EnterpriseHub.LoadTests.Traffic;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>Starts the product's programs again and again and times each start to its first reply. Servers and simulator keep running.</summary>
internal sealed class StartRunner(Target target, HttpClient http, LedgerFollower ledger, Locations locations, TimeProvider time, string run)
{
    private const string AllPrograms = "programs";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public async Task<StartResult> RunAsync(int starts, Action<string> say, CancellationToken cancellation)
    {
        var location = (await locations.ProvideAsync(1, TimeSpan.Zero, cancellation))[0];
        List<double> seconds = [];
        var lost = 0;
        for (var number = 1; number <= starts; number++)
        {
            await target.ControlAsync("stop", AllPrograms, cancellation);
            var window = $"{run}s{number}";
            var began = OpenLoop.UnixMs(time.GetUtcNow());
            var starting = target.ControlAsync("start", AllPrograms, cancellation);
            await KnockAsync(window, location, cancellation);
            var arrived = await FirstReplyAsync(window, cancellation);
            await starting;
            if (arrived is { } at)
            {
                seconds.Add(Math.Round((at - began) / 1000, 3));
                say($"  start {number}: first reply after {seconds[^1]} s");
            }
            else
            {
                lost++;
            }
        }
        await Task.Delay(Idle, time, cancellation);
        var table = ProcessTable.Read();
        return new StartResult(
            seconds,
            target.Processes().ToDictionary(program => program.Key, program => ProcessUse.Of(program.Value, table).MemoryMb, StringComparer.Ordinal),
            lost);
    }

    /// <summary>Offers one message until it is taken.</summary>
    private async Task KnockAsync(string window, string location, CancellationToken cancellation)
    {
        var message = new LeadMessage
        {
            Ref = 1, LocationId = location, ContactId = $"{window}-c0", ConversationId = $"conv-{window}-c0", Text = TrafficPlan.TextOf(1), SentAt = time.GetUtcNow(),
        };
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Patience)
        {
            using var request = message.Request(target.Key, new Uri(target.Hub, "/webhooks/ghl"));
            try
            {
                using var answer = await http.SendAsync(request, cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellation);
        }
    }

    private async Task<double?> FirstReplyAsync(string window, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Patience)
        {
            await ledger.PollAsync(cancellation);
            if (ledger.Of(window).All is [var first, ..])
            {
                return first.At;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        }
        return null;
    }
}
