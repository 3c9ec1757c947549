using System.Globalization;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Driver;

/// <summary>A command to run in the middle of the run, e.g. the kill of a process.</summary>
/// <param name="At">Time from the start of the run.</param>
/// <param name="Command">A shell command.</param>
internal sealed record Disturbance(TimeSpan At, string Command);

/// <summary>The command line.</summary>
internal sealed record Arguments(
    TrafficTarget Target,
    TrafficShape Shape,
    TimeSpan SettleWindow,
    (double Min, double Max) Analysis,
    (double Min, double Max) Draft,
    (double Min, double Max) Ghl,
    TimeSpan Patience,
    IReadOnlyList<Disturbance> Disturbances,
    IReadOnlyDictionary<string, int> Processes,
    string? Report)
{
    public const string Usage =
        """
        driver --hub http://127.0.0.1:8080 --admin-key KEY --webhook-key FILE [--simulator URL (default: hub)]
               [--messages 1000] [--conversations 100] [--locations 20] [--rate 50] [--poisson]
               [--redelivered 0.1] [--reordered 0.05] [--seed 1] [--settle 00:00:00] [--run NAME]
               [--analysis 100-150] [--draft 80-120] [--ghl 40-80] (milliseconds)
               [--patience 00:03:00] (longest wait for the last reply)
               [--at 5:COMMAND]... (shell command, seconds from the start)
               [--process name:pid]... (CPU and memory are reported)
               [--report FILE.json]
        Exit code: 0 every promise kept, 1 not, 2 wrong arguments.
        """;

    /// <exception cref="FormatException">An argument is missing or wrong; the message says which.</exception>
    public static Arguments Parse(string[] args)
    {
        var given = Pairs(args).ToLookup(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        string Text(string name, string? otherwise) => given[name].LastOrDefault() ?? otherwise ?? throw new FormatException($"--{name} is missing");
        double Number(string name, double otherwise) => given[name].LastOrDefault() is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        var hub = new Uri(Text("hub", "http://127.0.0.1:8080"));
        return new Arguments(
            new TrafficTarget(hub, new Uri(Text("simulator", hub.ToString())), Text("admin-key", null), WebhookKey.Read(Text("webhook-key", null))),
            new TrafficShape
            {
                Messages = (int)Number("messages", 1000),
                Conversations = (int)Number("conversations", 100),
                Locations = (int)Number("locations", 20),
                Rate = Number("rate", 50),
                Redelivered = Number("redelivered", 0.1),
                Reordered = Number("reordered", 0.05),
                Poisson = given.Contains("poisson"),
                Seed = (int)Number("seed", 1),
                Run = Text("run", $"run{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}"),
            },
            TimeSpan.Parse(Text("settle", "00:00:00"), CultureInfo.InvariantCulture),
            Range(Text("analysis", "100-150")),
            Range(Text("draft", "80-120")),
            Range(Text("ghl", "40-80")),
            TimeSpan.Parse(Text("patience", "00:03:00"), CultureInfo.InvariantCulture),
            [.. given["at"].Select(text => text.Split(':', 2)).Select(parts => new Disturbance(TimeSpan.FromSeconds(double.Parse(parts[0], CultureInfo.InvariantCulture)), parts[1]))],
            given["process"].Select(text => text.Split(':')).ToDictionary(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal),
            given["report"].LastOrDefault());
    }

    private static (double Min, double Max) Range(string text)
    {
        var parts = text.Split('-');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[^1], CultureInfo.InvariantCulture));
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string[] args)
    {
        for (var index = 0; index < args.Length; index++)
        {
            if (!args[index].StartsWith("--", StringComparison.Ordinal))
            {
                throw new FormatException($"'{args[index]}' is not expected here");
            }
            var flag = index + 1 == args.Length || args[index + 1].StartsWith("--", StringComparison.Ordinal);
            yield return (args[index][2..], flag ? "true" : args[++index]);
        }
    }
}
