namespace EnterpriseHub.LoadTests.Reports;

/// <summary>A part of a bar.</summary>
/// <param name="Name">Of the part; empty for a gap.</param>
/// <param name="Length">In the chart's unit.</param>
internal sealed record Segment(string Name, double Length);

/// <summary>Horizontal bars, each made of parts in a row.</summary>
internal sealed record BarChart
{
    private const double Width = 760;
    private const double Left = 190;
    private const double Right = 70;
    private const double Top = 34;
    private const double Row = 24;

    public required string Title { get; init; }

    /// <summary>What is shown, with its unit.</summary>
    public required string X { get; init; }

    public required IReadOnlyList<(string Name, IReadOnlyList<Segment> Parts)> Bars { get; init; }

    /// <summary>Names the parts below the bars.</summary>
    public bool HasLegend { get; init; } = true;

    public override string ToString()
    {
        var names = Bars.SelectMany(bar => bar.Parts).Select(part => part.Name).Where(name => name.Length > 0).Distinct().ToList();
        var bottom = Top + (Bars.Count * Row);
        var chart = new SvgChart(Width, bottom + 48 + (HasLegend ? 20 * ((names.Count / 5) + 1) : 0), Title);
        var across = Axis.Linear(0, Bars.Max(bar => bar.Parts.Sum(part => part.Length)));
        foreach (var tick in across.Ticks)
        {
            chart.Line(Place(tick), Top, Place(tick), bottom, opacity: 0.25);
            chart.Text(Place(tick), bottom + 16, SvgChart.Number(tick), "middle");
        }
        for (var index = 0; index < Bars.Count; index++)
        {
            var (name, parts) = Bars[index];
            var top = Top + (index * Row);
            chart.Text(Left - 8, top + 16, name, "end");
            var at = 0.0;
            foreach (var part in parts)
            {
                if (part.Name.Length > 0)
                {
                    chart.Rectangle(Place(at), top + 4, Place(at + part.Length) - Place(at), Row - 8, SvgChart.Colour(names.IndexOf(part.Name)), $"{part.Name}: {SvgChart.Number(part.Length)}");
                }
                at += part.Length;
            }
            chart.Text(Place(at) + 5, top + 16, SvgChart.Number(at));
        }
        chart.Text((Left + Width - Right) / 2, bottom + 34, X, "middle");
        if (HasLegend)
        {
            chart.Legend(16, bottom + 58, Width - 32, [.. names.Select((name, index) => (name, SvgChart.Colour(index)))]);
        }
        return chart.ToString();

        double Place(double value) => Left + (across.Share(value) * (Width - Left - Right));
    }
}
