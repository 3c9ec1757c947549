namespace EnterpriseHub.LoadTests.Reports;

/// <summary>One line of a chart.</summary>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points, bool Dashed = false);

/// <summary>Lines over a common axis.</summary>
internal sealed record LineChart
{
    private const double Width = 760;
    private const double Height = 340;
    private const double Left = 64;
    private const double Right = 16;
    private const double Top = 34;
    private const double Bottom = 84;

    public required string Title { get; init; }

    /// <summary>What is shown, with its unit.</summary>
    public required string X { get; init; }

    /// <summary>What is shown, with its unit.</summary>
    public required string Y { get; init; }

    public required IReadOnlyList<Series> Lines { get; init; }

    /// <summary>Each step of the vertical axis is ten times the one below.</summary>
    public bool Logarithmic { get; init; }

    public override string ToString()
    {
        var chart = new SvgChart(Width, Height, Title);
        var points = Lines.SelectMany(line => line.Points).ToList();
        var across = Axis.Linear(points.Min(point => point.X), points.Max(point => point.X));
        var up = Logarithmic ? Axis.Logarithmic(points.Min(point => point.Y), points.Max(point => point.Y)) : Axis.Linear(0, points.Max(point => point.Y));
        foreach (var tick in up.Ticks)
        {
            chart.Line(Left, PlaceY(tick), Width - Right, PlaceY(tick), opacity: 0.25);
            chart.Text(Left - 6, PlaceY(tick) + 4, SvgChart.Number(tick), "end");
        }
        foreach (var tick in across.Ticks)
        {
            chart.Line(PlaceX(tick), Height - Bottom, PlaceX(tick), Height - Bottom + 4);
            chart.Text(PlaceX(tick), Height - Bottom + 18, SvgChart.Number(tick), "middle");
        }
        chart.Line(Left, Height - Bottom, Width - Right, Height - Bottom);
        chart.Line(Left, Top, Left, Height - Bottom);
        chart.Text((Left + Width - Right) / 2, Height - Bottom + 36, X, "middle");
        chart.Text(16, (Top + Height - Bottom) / 2, Y, "middle", turned: -90);
        for (var index = 0; index < Lines.Count; index++)
        {
            chart.Path(Lines[index].Points.Select(point => (PlaceX(point.X), PlaceY(point.Y))), SvgChart.Colour(index), Lines[index].Dashed);
        }
        chart.Legend(Left, Height - 30, Width - Left - Right, [.. Lines.Select((line, index) => (line.Name, SvgChart.Colour(index)))]);
        return chart.ToString();

        double PlaceX(double value) => Left + (across.Share(value) * (Width - Left - Right));
        double PlaceY(double value) => Height - Bottom - (up.Share(value) * (Height - Top - Bottom));
    }
}
