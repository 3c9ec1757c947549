using System.Globalization;
using EnterpriseHub.LoadTests.Scenarios;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>What was done to the product.</summary>
/// <param name="From">Second at which it began.</param>
/// <param name="Until">Second at which the part was ready again.</param>
/// <param name="Text">For the report.</param>
internal sealed record Disturbance(double From, double Until, string Text);

/// <summary>Takes parts of the product away while a window runs, and gives them back.</summary>
internal sealed class Outages(Target target, TimeProvider time, IReadOnlyList<Outage> planned)
{
    private const string EachPart = "each";

    private static readonly string[] NoProduct = ["simulator", "rabbitmq", "postgres", "redis"];

    public async Task<IReadOnlyList<Disturbance>> RunAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        List<Disturbance> done = [];
        foreach (var outage in planned.SelectMany(Spread))
        {
            await UntilAsync(outage.At);
            var from = Now();
            await target.ControlAsync(outage.Verb, outage.Part, cancellation);
            await UntilAsync(outage.At + outage.For);
            var back = Now();
            await target.ControlAsync("start", outage.Part, cancellation);
            done.Add(new Disturbance(from, Now(), string.Create(CultureInfo.InvariantCulture,
                $"{from:F1} s: {outage.Verb} {outage.Part}; {back:F1} s: start, ready at {Now():F1} s")));
        }
        return done;

        double Now() => time.GetElapsedTime(began).TotalSeconds;

        async Task UntilAsync(double second)
        {
            var wait = TimeSpan.FromSeconds(second) - time.GetElapsedTime(began);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellation);
        }
    }

    /// <summary><c>each</c> stands for every program of the product, one after the other.</summary>
    private IEnumerable<Outage> Spread(Outage outage) => outage.Part != EachPart
        ? [outage]
        : target.Processes().Keys.Except(NoProduct).Select((part, index) => outage with { Part = part, At = outage.At * (index + 1) });
}
