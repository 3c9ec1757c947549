using System.Globalization;
using EnterpriseHub.LoadTests.Measuring;
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

    /// <summary>What is meant to be away now.</summary>
    private volatile string? _away;

    /// <param name="load">The window's load.</param>
    /// <param name="cancellation">Ends the run.</param>
    public async Task<IReadOnlyList<Disturbance>> WhileAsync(Task load, CancellationToken cancellation)
    {
        if (planned.Count == 0)
        {
            return [];
        }
        var began = time.GetTimestamp();
        var supervised = SuperviseAsync(load, began, cancellation);
        return [.. await TakeAwayAsync(began, cancellation), .. await supervised];
    }

    /// <summary>Starts again what ends by itself, as every deployment does: a program whose bus does not come back asks for that.</summary>
    private async Task<IReadOnlyList<Disturbance>> SuperviseAsync(Task load, long began, CancellationToken cancellation)
    {
        List<Disturbance> done = [];
        while (!load.IsCompleted)
        {
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(1), time, cancellation));
            var wanted = target.Processes();
            var table = ProcessTable.Read();
            foreach (var part in wanted.Keys.Where(part => part != _away && table.Family(wanted[part]).Count == 0))
            {
                var from = time.GetElapsedTime(began).TotalSeconds;
                await target.ControlAsync("start", part, cancellation);
                done.Add(new Disturbance(from, time.GetElapsedTime(began).TotalSeconds, string.Create(CultureInfo.InvariantCulture, $"{from:F1} s: {part} had ended by itself and was started again")));
            }
        }
        return done;
    }

    private async Task<IReadOnlyList<Disturbance>> TakeAwayAsync(long began, CancellationToken cancellation)
    {
        List<Disturbance> done = [];
        foreach (var outage in planned.SelectMany(Spread))
        {
            await UntilAsync(outage.At);
            var from = Now();
            _away = outage.Part;
            await target.ControlAsync(outage.Verb, outage.Part, cancellation);
            await UntilAsync(outage.At + outage.For);
            var back = Now();
            await target.ControlAsync("start", outage.Part, cancellation);
            _away = null;
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
