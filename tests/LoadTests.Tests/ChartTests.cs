using System.Globalization;
using System.Xml.Linq;
using EnterpriseHub.LoadTests.Reports;

namespace EnterpriseHub.LoadTests.Tests;

public sealed class ChartTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_line_chart_is_well_formed_and_stays_on_its_canvas(bool logarithmic)
    {
        var chart = XDocument.Parse(Lines(logarithmic, [(10, 150), (50, 180), (200, 9000)]).ToString());
        Assert.Equal(2, Named(chart, "polyline").Count());
        var points = Named(chart, "polyline").SelectMany(line => line.Attribute("points")!.Value.Split(' ')).Select(point => point.Split(',').Select(Number).ToArray()).ToList();
        Assert.All(points, point => Assert.True(point is [>= 64 and <= 744, >= 34 and <= 256], string.Join(",", point)));
        // Larger values stand higher, later ones to the right.
        Assert.True(points[2][1] < points[0][1] && points[2][0] > points[0][0]);
        Assert.Contains("ours <&> theirs", Named(chart, "text").Select(text => text.Value));
    }

    [Fact]
    public void One_point_and_all_the_same_value_are_drawn_too()
    {
        Assert.NotEmpty(Named(XDocument.Parse(Lines(true, [(10, 150)]).ToString()), "circle"));
        Assert.DoesNotContain("NaN", Lines(false, [(0, 0), (1, 0)]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_lie_one_after_the_other_and_a_gap_is_not_drawn()
    {
        var chart = XDocument.Parse(new BarChart
        {
            Title = "CPU", X = "ms", HasLegend = false,
            Bars = [("first", [new("a", 10), new("b", 30)]), ("second", [new("", 20), new("a", 20)])],
        }.ToString());
        var bars = Named(chart, "rect").Select(bar => (X: Number(bar.Attribute("x")!.Value), Width: Number(bar.Attribute("width")!.Value))).ToList();
        Assert.Equal(3, bars.Count);
        Assert.Equal(bars[0].X + bars[0].Width, bars[1].X, 1);
        Assert.Equal(bars[1].Width, bars[0].Width * 3, 1);
        Assert.Equal(bars[0].X + (bars[0].Width * 2), bars[2].X, 1);
    }

    [Fact]
    public void Marks_are_round_and_hold_the_values()
    {
        Assert.Equal([0, 50, 100, 150, 200, 250], Axis.Linear(0, 247).Ticks);
        Assert.Equal([10, 100, 1000, 10_000], Axis.Logarithmic(34, 7000).Ticks);
        Assert.Equal(0.5, Axis.Logarithmic(1, 100).Share(10), 6);
    }

    private static LineChart Lines(bool logarithmic, IReadOnlyList<(double, double)> points) => new()
    {
        Title = "Latency", X = "messages a second", Y = "ms", Logarithmic = logarithmic, Lines = [new("ours <&> theirs", points), new("floor", points, Dashed: true)],
    };

    private static IEnumerable<XElement> Named(XDocument chart, string name) => chart.Descendants().Where(element => element.Name.LocalName == name);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
