using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.LoadTests.Reports;
using EnterpriseHub.LoadTests.Running;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Tests;

public sealed class FigureTests
{
    [Fact]
    public void Percentiles_are_values_of_the_sample_by_nearest_rank()
    {
        var all = new Latencies();
        foreach (var value in Enumerable.Range(1, 1000).Reverse())
        {
            all.Record(value);
        }
        var read = all.Read();
        Assert.Equal((1000, 500.5, 500, 950, 990, 999, 1000), (read.Count, read.Mean, read.P50, read.P95, read.P99, read.P999, read.Max));
        Assert.Equal(100, read.Percentiles.Count);
    }

    [Fact]
    public void Nothing_measured_is_nothing() => Assert.Equal(0, new Latencies().Read().Count);

    [Fact]
    public void Samples_add_up()
    {
        Latencies one = new(), other = new();
        one.Record(1);
        other.Record(3);
        one.Add(other);
        Assert.Equal((2, 1, 3), (one.Read().Count, one.Read().P50, one.Read().Max));
    }

    [Theory]
    [InlineData(162, 147, "+15.0 (×1.10)")]
    [InlineData(140, 147, "-7.0 (×0.95)")]
    [InlineData(10, 0, "–")]
    public void A_figure_stands_beside_the_floor_as_difference_and_ratio(double ours, double floor, string text) =>
        Assert.Equal(text, Comparison.Over(ours, floor));

    [Fact]
    public void A_message_that_joined_a_turn_counts_from_its_own_due_time()
    {
        var answers = Answers.Of([Handover(1, due: 1000), Handover(2, due: 1500), Handover(3, due: 2000)], [Reply(2200, 1, 2)]);
        Assert.Equal([(1200.0, false), (700.0, true)], answers.Select(answer => (answer.ArrivedMs, answer.IsNewest)));
        Assert.Equal([1260.0, 760.0], answers.Select(answer => answer.AnsweredMs));
    }

    [Fact]
    public void The_first_reply_to_a_message_counts() =>
        Assert.Equal(100, Assert.Single(Answers.Of([Handover(1, due: 1000)], [Reply(1100, 1), Reply(9000, 1)])).ArrivedMs);

    [Fact]
    public void Recovery_ends_with_the_last_second_that_is_not_usual()
    {
        Moment[] course = [At(0, 200), At(1, 210), At(2, 900), At(3, 5000), At(4, 3000), At(5, 410), At(6, 220), At(7, 205)];
        Assert.Equal(1, Timeline.SecondsToRecover(course, from: 2, until: 4));
        Assert.Equal(0, Timeline.SecondsToRecover([At(0, 200), At(1, 220), At(2, 210), At(3, 200)], from: 1, until: 2));
        Assert.Null(Timeline.SecondsToRecover([At(0, 200), At(1, 900), At(2, 900)], from: 1, until: 2));
        Assert.Null(Timeline.SecondsToRecover([At(3, 200)], from: 1, until: 2));
    }

    [Fact]
    public void A_window_is_cut_into_seconds_by_due_time()
    {
        var moments = Timeline.Of([new(1000, 5, 100, 0, true), new(1900, 7, 300, 0, true), new(2100, 9, 50, 0, true)], 1000);
        Assert.Equal([new Moment(0, 2, 7, 100, 300), new Moment(1, 1, 9, 50, 50)], moments);
    }

    [Fact]
    public void A_slope_that_gains_more_than_a_tenth_is_no_flat_line()
    {
        Assert.True(Trend.Of(Points(at => 100 + (at % 2)))!.IsFlat);
        var growing = Trend.Of(Points(at => 100 + at))!;
        Assert.False(growing.IsFlat);
        Assert.Equal(3600, growing.PerHour, 6);
        Assert.Null(Trend.Of([(0, 1), (1, 2)]));
    }

    [Fact]
    public void A_process_is_read_from_its_stat_line_whatever_its_name_holds()
    {
        var row = ProcessRow.Parse("4711 (beam ) smp) S 1 4700 4699 0 -1 4194560 1 2 3 4 150 50 30 20 20 0 36 0 4242 999 256 18446744073709551615");
        Assert.Equal((4711, 1, 2.5, 36), (row!.Pid, row.Parent, row.CpuSeconds, row.Threads));
        Assert.Equal(256 * Environment.SystemPageSize / 1e6, row.ResidentMb);
    }

    [Fact]
    public void A_process_that_has_ended_is_none() =>
        Assert.Null(ProcessRow.Parse("4711 (dotnet) Z 1 4700 4699 0 -1 4194560 1 2 3 4 150 50 30 20 20 0 1 0 4242 0 0 18446744073709551615"));

    [Fact]
    public void A_program_is_its_process_with_all_below_it()
    {
        using var child = System.Diagnostics.Process.Start("sleep", "60");
        var family = ProcessTable.Read().Family(Environment.ProcessId);
        child.Kill();
        Assert.Equal(Environment.ProcessId, family[0].Pid);
        Assert.Contains(child.Id, family.Select(member => member.Pid));
        Assert.DoesNotContain(1, family.Select(member => member.Pid));
    }

    [Fact]
    public void Waiting_is_not_busy() => Assert.Equal(3.5, ProcessTable.Busy("cpu  100 50 100 900 800 50 50 0 0 0"));

    private static IReadOnlyList<(double, double)> Points(Func<int, double> of) => [.. Enumerable.Range(0, 100).Select(at => ((double)at, of(at)))];

    private static Moment At(int second, double p95) => new(second, 10, 5, p95 / 2, p95);

    private static Handover Handover(int number, double due) => new(
        new LeadMessage { Ref = number, LocationId = "l", ConversationId = "c", ContactId = "p", Text = "", SentAt = DateTimeOffset.UnixEpoch }, due, due, due + 5);

    private static DeliveredReply Reply(double at, params int[] refs) => new(at, at + 60, "l", "p", "", refs);
}
