using System.Text.Json;
using System.Xml.Linq;
using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.LoadTests.Reports;
using EnterpriseHub.LoadTests.Scenarios;

namespace EnterpriseHub.LoadTests.Tests;

public sealed class ReportTests
{
    [Fact]
    public void Each_figure_of_the_product_stands_beside_the_floor()
    {
        var report = new Report([Result("steady-50", 50)]);
        Assert.Contains("| steady-50: 50/s | 100 | 162.0 | 162.0 | 162.0 | 147.0 | 147.0 | 147.0 | +15.0 (×1.10) |", report.Text, StringComparison.Ordinal);
        Assert.Contains("| steady-50: 50/s | 100 | 100 | 0 | 0 | 0 | 0 | 2 × 429 |", report.Text, StringComparison.Ordinal);
        // By the time in which they were due, not by the time it took to answer them.
        Assert.Contains("| steady-50: 50/s | 130 | 13 |", report.Text, StringComparison.Ordinal);
        // The product without driver and simulator.
        Assert.Contains("| steady-50: 50/s | 6.5 |", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_promise_is_named()
    {
        var result = Result("steady-50", 50);
        var broken = result with { Steps = [result.Steps[0] with { Verdict = new Promises(1, 0, 0, 0, ["lost 7"]) }] };
        Assert.False(broken.Clean);
        var text = new Report([broken]).Text;
        Assert.Contains("**1**", text, StringComparison.Ordinal);
        Assert.Contains("lost 7", text, StringComparison.Ordinal);
        Assert.Contains("| 100 (**1 without a reply**) |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_chart_is_in_the_text_and_well_formed()
    {
        var report = new Report([Result("steady-10", 10), Result("steady-50", 50) with { Stages = [new("received", 9, 0, 0, 0), new("step draft", 9, 120, 150, 100), new("answered", 9, 230, 280, 60)] }, Result("overload", 300), Soak()]);
        Assert.Equal(
            ["standalone-cpu.svg", "standalone-latency-over-load.svg", "standalone-overload.svg", "standalone-soak-handles.svg", "standalone-soak-memory.svg", "standalone-stages.svg"],
            report.Charts.Keys.Order(StringComparer.Ordinal));
        Assert.All(report.Charts, chart =>
        {
            Assert.NotEmpty(XDocument.Parse(chart.Value).Root!.Elements());
            Assert.Contains($"]({chart.Key})", report.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_product_without_stages_gets_a_line_instead_of_a_chart() =>
        Assert.Contains("does not tell when its stages were reached", new Report([Result("steady-50", 50)]).Text, StringComparison.Ordinal);

    [Fact]
    public void A_soak_says_what_grows()
    {
        var text = new Report([Soak()]).Text;
        Assert.Contains("| hub: handles | 152 | 197 | +3600 | +28.1 % | **grows** |", text, StringComparison.Ordinal);
        Assert.Contains("| hub: memory, MB | 200 | 200 | 0 | 0 % | flat |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_builds_stand_side_by_side_with_the_median_of_their_rounds()
    {
        var table = BeforeAfter.Table([Result("steady-50", 50), Result("steady-50", 50)], [Result("steady-50", 50)]);
        Assert.Contains("| standalone, steady-50: 50/s | before | 2 | 15.0 (15.0–15.0) |", table, StringComparison.Ordinal);
        Assert.Contains("| standalone, steady-50: 50/s | after | 1 | 15.0 (15.0–15.0) |", table, StringComparison.Ordinal);
        Assert.Contains("| 6.5 (6.5–6.5) |", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_data_come_back_as_they_were_written()
    {
        var written = JsonSerializer.Serialize(Soak(), ReportFolder.Json);
        var read = JsonSerializer.Deserialize<ScenarioResult>(written, ReportFolder.Json)!;
        Assert.Equal((100, 162.0), (read.Samples.Count, read.Steps[0].Product.Arrived.P95));
        Assert.Equal(written, JsonSerializer.Serialize(read, ReportFolder.Json));
    }

    [Fact]
    public void Stages_are_collected_where_the_product_tells_them()
    {
        var times = new Dictionary<string, List<StageLook>>(StringComparer.Ordinal);
        StageReader.Collect(JsonElement.Parse("""
            {"turns":[{"stages":[{"stage":"received","step":null,"sinceReceivedMs":0,"tookMs":0},{"stage":"step","step":"draft","sinceReceivedMs":120,"tookMs":100},
            {"stage":"answered","sinceReceivedMs":231.5,"tookMs":60}]},{"turnId":"old"},{"stages":null}]}
            """), times);
        Assert.Equal(["received", "step draft", "answered"], times.Keys);
        Assert.Equal([new StageLook(231.5, 60)], times["answered"]);
    }

    [Fact]
    public void Scenarios_have_names_of_their_own_and_no_floor_outlasts_its_product()
    {
        var all = Catalogue.All(TimeSpan.FromMinutes(10));
        Assert.Equal(all.Count, all.DistinctBy(scenario => scenario.Name).Count());
        Assert.All(all.SelectMany(scenario => scenario.Steps), step => Assert.True(step.Floor.Seconds <= step.Messages.Seconds));
    }

    private static ScenarioResult Soak() => Result("soak", 20) with
    {
        Samples =
        [
            .. Enumerable.Range(0, 100).Select(at => new Sample
            {
                At = at, StoreMb = 5, Programs = new Dictionary<string, ProcessUse> { ["hub"] = new() { MemoryMb = 200, Handles = 100 + at, Threads = 30 } },
            }),
        ],
    };

    private static ScenarioResult Result(string name, double rate) => new()
    {
        Scenario = name, Topology = "standalone", Question = "How?", StartedAt = DateTimeOffset.UnixEpoch.AddSeconds(rate), Settings = new Dictionary<string, string>(),
        Machine = new() { Processor = "some", Cores = 2, MemoryGb = 8, System = "Linux", Runtime = ".NET", Commit = "abc", Load = 0.1 },
        Steps =
        [
            new()
            {
                Name = $"{rate}/s", Rate = rate, Poisson = false, Product = Side(162), Floor = Side(147), Verdict = new(0, 0, 0, 0, []),
                Timeline = [new(0, 10, 5, 160, 170), new(1, 10, 5, 160, 172)],
            },
        ],
    };

    private static SideResult Side(double ms) => new()
    {
        Messages = 100, Webhooks = 130, Replies = 100, DueSeconds = 10, Seconds = 12,
        Acknowledged = All(6), TakenLater = Distribution.Empty, Arrived = All(ms), ArrivedFromNewest = All(ms), Answered = All(ms + 60), DriverLag = All(0.2),
        Refusals = new Dictionary<string, int> { ["429"] = 2 },
        CpuMsPerTurn = new Dictionary<string, double> { ["standalone"] = 6.5, ["simulator"] = 2, ["driver"] = 1, ["others"] = 0.5 },
        MemoryMb = new Dictionary<string, double> { ["standalone"] = 200 },
    };

    private static Distribution All(double ms) => Distribution.OfSorted([ms]);
}
