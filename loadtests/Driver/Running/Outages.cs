using System.Globalization;
using EnterpriseHub.LoadTests.Scenarios;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>Takes parts of the product away while a window runs, and gives them back.</summary>
internal sealed class Outages(Target target, TimeProvider time, IReadOnlyList<Outage> planned)
{
    private const string EachPart = "each";

    private static readonly string[] NoProduct = ["simulator", "rabbitmq", "postgres", "redis"];

    /// <summary>What was done and when.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        List<string> events = [];
        foreach (var outage in planned.SelectMany(Spread))
        {
            await UntilAsync(outage.At);
            await DoAsync(outage.Verb, outage.Part);
            await UntilAsync(outage.At + outage.For);
            await DoAsync("start", outage.Part);
        }
        return events;

        async Task UntilAsync(double second)
        {
            var wait = TimeSpan.FromSeconds(second) - time.GetElapsedTime(began);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellation);
        }

        async Task DoAsync(string verb, string part)
        {
            var at = time.GetElapsedTime(began).TotalSeconds;
            await target.ControlAsync(verb, part, cancellation);
            events.Add(string.Create(CultureInfo.InvariantCulture, $"{at:F1} s: {verb} {part}, done at {time.GetElapsedTime(began).TotalSeconds:F1} s"));
        }
    }

    /// <summary><c>each</c> stands for every program of the product, one after the other.</summary>
    private IEnumerable<Outage> Spread(Outage outage) => outage.Part != EachPart
        ? [outage]
        : target.Processes().Keys.Except(NoProduct).Select((part, index) => outage with { Part = part, At = outage.At * (index + 1) });
}
