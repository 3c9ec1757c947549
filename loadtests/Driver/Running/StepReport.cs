using System.Globalization;
using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.LoadTests.Reports;
using EnterpriseHub.LoadTests.Scenarios;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>The windows of a step.</summary>
internal sealed record StepRun(Step Step, IReadOnlyList<Window> Product, IReadOnlyList<Window> Floor)
{
    public IReadOnlyList<Disturbance> Disturbances { get; init; } = [];

    public IReadOnlyList<Sample> Samples { get; init; } = [];

    /// <summary>Windows of the product that are not measured, but judged.</summary>
    public IReadOnlyList<Window> Unmeasured { get; init; } = [];
}

/// <summary>Sums the windows of a step up.</summary>
internal static class StepReport
{
    /// <summary>Judges with the replies that are known by now.</summary>
    public static StepResult Of(StepRun run)
    {
        var last = run.Product[^1];
        var timeline = Timeline.Of(Answers.Of(last.Handovers, last.Replies.All), last.StartedAt);
        return new StepResult
        {
            Name = run.Step.Name,
            Rate = run.Step.Messages.HighestRate,
            Poisson = run.Step.Poisson,
            Product = Side(run.Product, run.Step.Messages.Seconds),
            Floor = Side(run.Floor, run.Step.Floor.Seconds),
            Verdict = Judge([.. run.Unmeasured, .. run.Product]),
            Timeline = timeline,
            SecondsToRecover = Disturbed(run) is var (from, until) ? Timeline.SecondsToRecover(timeline, from, until) : null,
            Events = [.. run.Disturbances.Select(disturbance => disturbance.Text)],
        };
    }

    public static bool IsSaturated(StepResult step) => step.Product.Arrived.P95 > 1000;

    public static string InOneLine(StepResult step) => string.Create(CultureInfo.InvariantCulture,
        $"{step.Product.Messages} messages, reply P50 {step.Product.Arrived.P50:F0} P95 {step.Product.Arrived.P95:F0} ms (floor {step.Floor.Arrived.P50:F0}, {step.Floor.Arrived.P95:F0}), acknowledged P99 {step.Product.Acknowledged.P99:F1} ms, lost {step.Verdict.Lost}, doubled {step.Verdict.Doubled}, out of order {step.Verdict.OutOfOrder}, strangers {step.Verdict.Strangers}");

    private static SideResult Side(IReadOnlyList<Window> windows, double dueSeconds)
    {
        var answers = windows.SelectMany(window => Answers.Of(window.Handovers, window.Replies.All)).ToList();
        var messages = windows.Sum(window => window.Handovers.Count);
        return new SideResult
        {
            Messages = messages,
            Webhooks = windows.Sum(window => window.Webhooks),
            Replies = windows.Sum(window => window.Replies.All.Count),
            DueSeconds = Math.Round(dueSeconds * windows.Count, 1),
            Seconds = Math.Round(windows.Sum(window => window.Seconds), 1),
            Acknowledged = Together(windows, window => window.Acknowledged),
            TakenLater = Together(windows, window => window.TakenLater),
            Arrived = Answers.Histogram(answers, answer => answer.ArrivedMs).Read(),
            ArrivedFromNewest = Answers.Histogram(answers.Where(answer => answer.IsNewest), answer => answer.ArrivedMs).Read(),
            Answered = Answers.Histogram(answers.Where(answer => answer.AnsweredMs > 0), answer => answer.AnsweredMs).Read(),
            DriverLag = Together(windows, window => window.Lag),
            Refusals = Sum(windows, window => window.Refusals.ToDictionary(refusal => refusal.Key, refusal => (double)refusal.Value)).ToDictionary(refusal => refusal.Key, refusal => (int)refusal.Value),
            CpuMsPerTurn = Sum(windows, window => window.Cpu).ToDictionary(program => program.Key, program => Math.Round(program.Value * 1000 / Math.Max(1, messages), 3)),
            MemoryMb = windows[^1].Memory,
        };
    }

    private static Promises Judge(IReadOnlyList<Window> windows)
    {
        var verdicts = windows.Select(window => Oracle.Judge(window.Handovers, window.Replies.All)).ToList();
        return new Promises(
            verdicts.Sum(verdict => verdict.Lost.Count), verdicts.Sum(verdict => verdict.Doubled.Count),
            verdicts.Sum(verdict => verdict.OutOfOrder.Count), verdicts.Sum(verdict => verdict.Strangers.Count),
            [.. verdicts.Where(verdict => !verdict.Clean).Select(verdict => verdict.ToString())]);
    }

    /// <summary>From the first second that is not usual to the first that is again: a burst, or an outage.</summary>
    private static (double From, double Until)? Disturbed(StepRun run)
    {
        if (run.Disturbances.Count > 0)
        {
            return (run.Disturbances.Min(disturbance => disturbance.From), run.Disturbances.Max(disturbance => disturbance.Until));
        }
        var stretches = run.Step.Messages.Stretches;
        return stretches.Count == 3 ? (stretches[0].Seconds, stretches[0].Seconds + stretches[1].Seconds) : null;
    }

    private static Distribution Together(IReadOnlyList<Window> windows, Func<Window, Latencies> of)
    {
        var all = new Latencies();
        foreach (var window in windows)
        {
            all.Add(of(window));
        }
        return all.Read();
    }

    private static Dictionary<string, double> Sum(IReadOnlyList<Window> windows, Func<Window, IReadOnlyDictionary<string, double>> of) =>
        windows.SelectMany(of).GroupBy(part => part.Key).ToDictionary(part => part.Key, part => part.Sum(window => window.Value), StringComparer.Ordinal);
}
