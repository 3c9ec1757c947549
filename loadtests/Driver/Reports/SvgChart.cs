using System.Globalization;
using System.Xml.Linq;

namespace EnterpriseHub.LoadTests.Reports;

/// <summary>A canvas for small charts: text in a grey that reads on white and on black, no background.</summary>
internal sealed class SvgChart
{
    public const string Ink = "#808080";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Palette = ["#2f81f7", "#e5534b", "#2da44e", "#bf8700", "#8957e5", "#1b9aaa", "#d16ba5", "#7d8590", "#a0522d", "#5e81ac", "#9aa83a", "#c98bdb"];

    private readonly XElement _root;

    public SvgChart(double width, double height, string title)
    {
        _root = new XElement(Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"), new XAttribute("width", Number(width)), new XAttribute("height", Number(height)),
            new XAttribute("role", "img"), new XAttribute("font-family", "system-ui, sans-serif"), new XAttribute("font-size", "12"),
            new XElement(Svg + "title", title));
        Text(width / 2, 18, title, "middle", bold: true);
    }

    public static string Colour(int index) => Palette[index % Palette.Length];

    public void Text(double x, double y, string text, string anchor = "start", bool bold = false, double turned = 0) =>
        _root.Add(new XElement(Svg + "text",
            new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("fill", Ink), new XAttribute("text-anchor", anchor),
            bold ? new XAttribute("font-weight", "600") : null,
            turned == 0 ? null : new XAttribute("transform", $"rotate({Number(turned)} {Number(x)} {Number(y)})"),
            text));

    public void Line(double x1, double y1, double x2, double y2, string colour = Ink, double width = 1, double opacity = 1) =>
        _root.Add(new XElement(Svg + "line",
            new XAttribute("x1", Number(x1)), new XAttribute("y1", Number(y1)), new XAttribute("x2", Number(x2)), new XAttribute("y2", Number(y2)),
            new XAttribute("stroke", colour), new XAttribute("stroke-width", Number(width)), new XAttribute("stroke-opacity", Number(opacity))));

    public void Rectangle(double x, double y, double width, double height, string colour, string told) =>
        _root.Add(new XElement(Svg + "rect",
            new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("width", Number(Math.Max(0.5, width))), new XAttribute("height", Number(height)),
            new XAttribute("fill", colour), new XElement(Svg + "title", told)));

    public void Path(IEnumerable<(double X, double Y)> points, string colour, bool dashed)
    {
        var all = points.ToList();
        _root.Add(new XElement(Svg + "polyline",
            new XAttribute("points", string.Join(' ', all.Select(point => $"{Number(point.X)},{Number(point.Y)}"))),
            new XAttribute("fill", "none"), new XAttribute("stroke", colour), new XAttribute("stroke-width", "2"),
            dashed ? new XAttribute("stroke-dasharray", "5 4") : null));
        if (all.Count <= 20)
        {
            _root.Add(all.Select(point => new XElement(Svg + "circle", new XAttribute("cx", Number(point.X)), new XAttribute("cy", Number(point.Y)), new XAttribute("r", "3"), new XAttribute("fill", colour))));
        }
    }

    /// <summary>Names beside their colours, in rows that fit the width.</summary>
    public void Legend(double x, double y, double width, IReadOnlyList<(string Name, string Colour)> entries)
    {
        var (left, top) = (x, y);
        foreach (var (name, colour) in entries)
        {
            var needed = 26 + (name.Length * 6.9);
            if (left + needed > x + width && left > x)
            {
                (left, top) = (x, top + 17);
            }
            Rectangle(left, top - 9, 12, 10, colour, name);
            Text(left + 16, top, name);
            left += needed;
        }
    }

    public override string ToString() => _root.ToString() + "\n";

    public static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
