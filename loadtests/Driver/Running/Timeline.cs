using EnterpriseHub.LoadTests.Measuring;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>One second of a window, by due time.</summary>
/// <param name="Second">From the start.</param>
/// <param name="Messages">Messages that were due in it.</param>
/// <param name="AcknowledgedP95">95th percentile, ms.</param>
/// <param name="ArrivedP50">Median until the reply arrived at GHL, ms.</param>
/// <param name="ArrivedP95">95th percentile of that, ms.</param>
internal sealed record Moment(int Second, int Messages, double AcknowledgedP95, double ArrivedP50, double ArrivedP95);

/// <summary>A window second by second.</summary>
internal static class Timeline
{
    /// <param name="answers">Messages with their replies.</param>
    /// <param name="start">Of the window, Unix ms.</param>
    /// <param name="width">Seconds of one moment.</param>
    public static IReadOnlyList<Moment> Of(IReadOnlyList<Answer> answers, double start, int width = 1) =>
    [
        .. from answer in answers
           group answer by (int)Math.Floor((answer.Due - start) / 1000 / width) into moment
           orderby moment.Key
           select new Moment(
               moment.Key * width,
               moment.Count(),
               Rank(moment.Select(answer => answer.AcknowledgedMs), 0.95),
               Rank(moment.Select(answer => answer.ArrivedMs), 0.50),
               Rank(moment.Select(answer => answer.ArrivedMs), 0.95)),
    ];

    /// <summary>
    /// Seconds after a disturbance until latency is as before: from then on no second's 95th percentile is over twice the usual one.
    /// The usual one is the median over the seconds before it. Null: it never was, or there was no before.
    /// </summary>
    public static int? SecondsToRecover(IReadOnlyList<Moment> moments, double from, double until)
    {
        var before = moments.Where(moment => moment.Second < from).Select(moment => moment.ArrivedP95).Order().ToList();
        if (before.Count == 0)
        {
            return null;
        }
        var usual = before[before.Count / 2];
        var last = moments.LastOrDefault(moment => moment.Second >= from && moment.ArrivedP95 > 2 * usual);
        return last is null ? 0
            : last == moments[^1] ? null
            : Math.Max(0, (int)Math.Ceiling(last.Second + 1 - until));
    }

    internal static double Rank(IEnumerable<double> sample, double share) => Distribution.At([.. sample.Order()], share);
}
