namespace EnterpriseHub.LoadTests.Reports;

/// <summary>A scale with round marks.</summary>
internal sealed class Axis
{
    private readonly double _from;
    private readonly double _to;
    private readonly Func<double, double> _of;

    private Axis(double from, double to, IReadOnlyList<double> ticks, Func<double, double> of) => (_from, _to, Ticks, _of) = (from, to, ticks, of);

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>From and to may be one: then it is the middle of the scale.</summary>
    public static Axis Linear(double from, double to)
    {
        if (to <= from)
        {
            (from, to) = (from - 1, to + 1);
        }
        var rough = (to - from) / 6;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = magnitude * (rough / magnitude) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        var last = Math.Ceiling(Math.Round(to / step, 9)) * step;
        var first = Math.Floor(Math.Round(from / step, 9)) * step;
        return new Axis(first, last, [.. Enumerable.Range(0, (int)Math.Round((last - first) / step) + 1).Select(number => Math.Round(first + (number * step), 9))], value => value);
    }

    /// <summary>Whole powers of ten around the values; what is not positive counts as the lowest.</summary>
    public static Axis Logarithmic(double from, double to)
    {
        var low = Math.Floor(Math.Log10(Math.Max(from, 0.001)));
        var high = Math.Max(low + 1, Math.Ceiling(Math.Log10(Math.Max(to, 0.001))));
        return new Axis(low, high, [.. Enumerable.Range((int)low, (int)(high - low) + 1).Select(power => Math.Pow(10, power))], value => Math.Log10(Math.Max(value, Math.Pow(10, low))));
    }

    /// <summary>0 at the low end, 1 at the high end.</summary>
    public double Share(double value) => (_of(value) - _from) / (_to - _from);
}
