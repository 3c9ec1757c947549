namespace EnterpriseHub.Platform.Observability;

/// <summary>Names, units and escapes of the Prometheus text format.</summary>
internal static class PrometheusNames
{
    public static string Of(string instrument, string? unit, bool counter)
    {
        var name = Clean(instrument, colon: true);
        var suffix = Unit(unit);
        if (suffix.Length > 0 && !name.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            name += $"_{suffix}";
        }
        return counter && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    public static string Label(string name) => Clean(name, colon: false);

    public static string EscapeLabel(string value) => EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    public static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);

    private static string Unit(string? unit) => unit switch
    {
        null or "" or "1" => "",
        ['{', ..] => "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "%" => "percent",
        _ => Clean(unit, colon: false),
    };

    private static string Clean(string name, bool colon)
    {
        var clean = string.Create(name.Length, (name, colon), static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                var sign = source.name[i];
                target[i] = char.IsAsciiLetterOrDigit(sign) || (source.colon && sign == ':') ? sign : '_';
            }
        });
        return clean.Length > 0 && char.IsAsciiDigit(clean[0]) ? $"_{clean}" : clean;
    }
}
