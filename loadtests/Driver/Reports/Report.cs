using System.Globalization;
using System.Text;

namespace EnterpriseHub.LoadTests.Reports;

/// <summary>The report of a folder: one text, several charts.</summary>
internal sealed class Report
{
    private static readonly string[] Topologies = ["standalone", "five"];

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _charts = new(StringComparer.Ordinal);

    public Report(IReadOnlyList<ScenarioResult> results)
    {
        Head(results);
        foreach (var topology in Topologies)
        {
            var own = results.Where(result => result.Topology == topology).ToList();
            if (own.Count > 0)
            {
                Topology(topology, own);
            }
        }
    }

    public string Text => _text.ToString();

    /// <summary>SVG by file name.</summary>
    public IReadOnlyDictionary<string, string> Charts => _charts;

    private void Head(IReadOnlyList<ScenarioResult> results)
    {
        Line("# Load test");
        Line();
        foreach (var machine in results.Select(result => result.Machine with { Load = 0 }).Distinct())
        {
            Line(Invariant($"Commit `{machine.Commit}`, {machine.Cores} × {machine.Processor}, {machine.MemoryGb:0} GB, {machine.System}, {machine.Runtime}."));
        }
        Line();
        Line("""
            All times in ms, from when a webhook was **due**, however late the driver or the product was. Reply: until its POST arrived at the simulated GHL.
            **Floor**: the same upstream calls (analysis and draft in parallel, then the send) with a bare HTTP client, at the same rate and arrivals, against the
            same simulator process, before and after each window of the product. *Over*: the product minus the floor, and how many times the floor.
            Driver, simulator, servers and product share the machine. Raw data: the JSON files beside this page.
            """);
        var busy = results.Where(result => result.Machine.Load > 0.5).ToList();
        if (busy.Count > 0)
        {
            Line();
            Line(Invariant($"**Not alone:** {busy.Count} of {results.Count} scenarios began at a load average over 0.5 (highest {busy.Max(result => result.Machine.Load):0.0}); partly it is the start of the product itself. See the column *others* under CPU."));
        }
        Line();
    }

    private void Topology(string topology, IReadOnlyList<ScenarioResult> results)
    {
        Line(topology == "five" ? "## Five services over RabbitMQ, PostgreSQL and Redis" : "## Standalone: one process, SQLite");
        Line();
        var steps = results.SelectMany(result => result.Steps.Select(step => (result, step))).ToList();
        if (steps.Count > 0)
        {
            LatencySection.Write(this, topology, steps);
            PromiseSection.Write(this, steps);
            CpuSection.Write(this, topology, steps);
        }
        StageSection.Write(this, topology, results);
        CourseSection.Write(this, topology, steps);
        SoakSection.Write(this, topology, results);
        StartSection.Write(this, results);
    }

    public void Line(string line = "") => _text.Append(line).Append('\n');

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line($"| {string.Join(" | ", head)} |");
        Line($"|{string.Concat(head.Select((_, index) => index == 0 ? " --- |" : " ---: |"))}");
        foreach (var row in rows)
        {
            Line($"| {string.Join(" | ", row)} |");
        }
        Line();
    }

    /// <summary>Puts a chart into the text and keeps it for the folder.</summary>
    public void Chart(string name, string title, string svg)
    {
        _charts[$"{name}.svg"] = svg;
        Line($"![{title}]({name}.svg)");
        Line();
    }

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    public static string Number(double value, string format = "0.##") => value.ToString(format, CultureInfo.InvariantCulture);
}
