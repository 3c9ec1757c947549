using EnterpriseHub.Analytics.Storage;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Analytics.ReportMetrics;

/// <summary>Makes a summary out of the books.</summary>
internal sealed class SummaryQuery(AnalyticsDatabase database)
{
    private const long Minute = 60_000;
    private const int Bars = 60;

    public Task<Summary> AskAsync(SummaryQuestion question, CancellationToken cancellation) => database.ReadAsync(
        async session =>
        {
            var now = await session.FirstOrDefaultAsync<long>("SELECT now_ms()");
            var from = Floor(now - (question.WindowMinutes * Minute), Minute);
            var counts = await SummaryRows.CountsAsync(session, question.LocationId, from);
            var today = await SummaryRows.CountsAsync(session, question.LocationId, Floor(question.DayStart, Minute));
            var samples = await SummaryRows.SamplesAsync(session, question.LocationId, from);
            var (waiting, held) = await SummaryRows.OpenAsync(session, question.LocationId);
            return new Summary
            {
                WindowMinutes = question.WindowMinutes,
                LocationId = question.LocationId,
                Window = Total(counts),
                Today = Total(today),
                Waiting = waiting,
                Held = held,
                Replies = Tallies(counts, "reply"),
                Turns = Tallies(counts, "turn"),
                CrmActions = Tallies(counts, "crm"),
                Path = Measured(samples, "path"),
                Steps = Measured(samples, "step"),
                Series = await SeriesAsync(session, question, from, now),
            };
        },
        cancellation);

    private static async Task<IReadOnlyList<Bucket>> SeriesAsync(SqlSession session, SummaryQuestion question, long from, long now)
    {
        var minutes = (question.WindowMinutes + Bars - 1) / Bars;
        var width = minutes * Minute;
        var rows = (await SummaryRows.SeriesAsync(session, question.LocationId, Floor(from, width), width)).ToDictionary(row => row.At);
        var series = new List<Bucket>();
        for (var at = Floor(from, width); at <= now; at += width)
        {
            var row = rows.GetValueOrDefault(at);
            series.Add(new Bucket(at, minutes, row?.Messages ?? 0, row?.Replies ?? 0));
        }
        return series;
    }

    private static Totals Total(IReadOnlyList<CountRow> counts)
    {
        long Sum(string name, string? outcome = null) =>
            counts.Where(row => row.Name == name && (outcome is null || row.Outcome == outcome)).Sum(row => row.Count);
        return new Totals(
            Sum("message"), Sum("turn"), Sum("reply", "sent"), Sum("crm", "done"), Sum("opt_out", "out"),
            counts.Where(row => row.Name == "turn").Sum(row => row.Amount));
    }

    private static List<Tally> Tallies(IReadOnlyList<CountRow> counts, string name) =>
        [.. counts.Where(row => row.Name == name).OrderByDescending(row => row.Count).ThenBy(row => row.Outcome, StringComparer.Ordinal)
            .ThenBy(row => row.Reason, StringComparer.Ordinal).Select(row => new Tally(row.Outcome, row.Reason, row.Count))];

    private static List<Percentiles> Measured(IReadOnlyList<SampleRow> samples, string family) =>
        [.. samples.Where(sample => sample.Family == family).GroupBy(sample => sample.Name, StringComparer.Ordinal)
            .Select(group => Percentiles.Of(group.Key, [.. group.Select(sample => sample.Ms)], group.Count(sample => sample.Outcome != "ok")))
            .OrderBy(measured => measured.P50).ThenBy(measured => measured.Name, StringComparer.Ordinal)];

    private static long Floor(long at, long width) => at - (at % width);
}
