using System.Text.Json;

namespace EnterpriseHub.TestKit.Fuzz;

/// <summary>Values that JSON allows and nobody expects, as raw text.</summary>
public static class OddValues
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "-0.0", "1e999", "-1e999", "1e-999", "1e30", "0.1e1", "99999999999999999999", "9223372036854775807",
        "-9223372036854775808", "79228162514264337593543950335", "1794906321700", "253402300800000", "-62135596800001", "[]", "{}", "[[]]", "[null]", "[{}]", "[\"a\",\"b\"]",
        "{\"a\":1}", "{\"id\":{\"id\":1}}", "[1,\"two\",null,{\"three\":[]}]",
    ];

    private static readonly string[] Texts =
    [
        "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud83d\"", "\"\\udc00\\ud800\"", "\"cut \\ud83d\"", "\"\\\\ud83d\\ud83d\"", "\"\\ufeff\"", "\"\\u202egpj.exe\"", "\"true\"", "\"FALSE\"",
        "\"null\"", "\"N/A\"", "\"-\"", "\"NaN\"", "\"Infinity\"", "\"1e999\"", "\"'; DROP TABLE inbound_event; --\"", "\"../../etc/passwd\"", "\"%00%n%s\"", "\"\\r\\nX-Evil: 1\"",
        "\"{0} {location} @p {identity}\"", "\"<script>alert(1)</script>\"", "\"<style><b>&#0;&#xD83D;&bogus;\"", "\"http://169.254.169.254/\"", "\"STOP\"", "\"start\"", "\"TYPE_CALL\"", "\"Email\"", "\"outbound\"",
        "\"inbound\"", "\"InboundMessage\"", "\"UNINSTALL\"", "\"loc1\"", "\"contact:\"", "\"paired/\"", "\"\\u0130\\u0131\\u1e9e\"", "\"e\\u0301\\u0301\\u0301\"", "\"\\ud83d\\udc69\\u200d\\ud83d\\udc67\"", "\"\\u2028\\u2029\\u0085\"",
    ];

    private static readonly string[] Times =
    [
        "\"yesterday\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"1970-01-01T00:00:00Z\"", "\"1969-12-31T23:59:59Z\"",
        "\"2026-13-45T99:99:99Z\"", "\"2026-02-30\"", "\"12:00\"", "\"2026-11-21T00:00:00+99:99\"", "\"20261121\"", "\"2026-11-21T23:59:60Z\"", "\"Sat, 21 Nov 2026 00:00:00 GMT\"", "\"2126-01-01T00:00:00Z\"",
    ];

    private static readonly int[] Lengths = [100, 101, 199, 200, 201, 255, 256, 319, 320, 321, 1_000, 3_999, 4_000, 4_001, 20_000, 100_000];
    private static readonly int[] Depths = [5, 28, 29, 30, 31, 32, 33, 60, 63, 64, 65, 500, 1_001, 10_000];

    private static readonly string[] Units = ["a", "\\ud83d\\ude00", "\\\\", "\\\"", " ", "\\n", "<", "<b>", "&", "stop ", "no ", "é", "\\u0000", "\\ud83d", ">\\n", "1", "o wrote:"];

    /// <summary>Something in the place of a value.</summary>
    public static string InsteadOf(Random random, string raw) => random.Next(100) switch
    {
        < 30 => Values[random.Next(Values.Length)],
        < 55 => Texts[random.Next(Texts.Length)],
        < 68 => Times[random.Next(Times.Length)],
        < 80 => Long(random),
        < 88 => Deep(random, raw),
        < 91 => $"[{raw}]",
        < 94 => $"{{\"value\":{raw}}}",
        < 97 => JsonSerializer.Serialize(raw),
        _ => raw.Trim('"') is { Length: > 0 } bare ? bare : "x",
    };

    private static string Long(Random random)
    {
        var unit = Units[random.Next(Units.Length)];
        var times = Lengths[random.Next(Lengths.Length)];
        return $"\"{string.Concat(Enumerable.Repeat(unit, unit.Length > 2 ? Math.Min(times, 20_000) : times))}\"";
    }

    private static string Deep(Random random, string raw)
    {
        var depth = Depths[random.Next(Depths.Length)];
        return random.Next(2) == 0
            ? new string('[', depth) + raw + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + raw + new string('}', depth);
    }
}
