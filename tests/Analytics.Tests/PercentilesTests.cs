using EnterpriseHub.Analytics.ReportMetrics;
using FsCheck;
using FsCheck.Fluent;

namespace EnterpriseHub.Analytics.Tests;

public sealed class PercentilesTests
{
    private static readonly Gen<double[]> Samples = Gen.Choose(0, 1_000_000).Select(number => number / 10.0).NonEmptyListOf().Select(list => list.ToArray());

    private static readonly Gen<double> Shares = Gen.Choose(1, 1000).Select(number => number / 1000.0);

    [Fact]
    public void A_percentile_is_a_measured_value_that_enough_others_do_not_exceed() =>
        Check((sorted, share) =>
        {
            var rank = Percentiles.Rank(sorted, share);
            return sorted.Contains(rank)
                && sorted.Count(ms => ms <= rank) >= share * sorted.Length - 1e-9
                && sorted.Count(ms => ms < rank) < share * sorted.Length + 1e-9;
        });

    [Fact]
    public void A_higher_share_never_has_a_lower_percentile() =>
        Check((sorted, share) => Percentiles.Rank(sorted, share) >= Percentiles.Rank(sorted, share / 2));

    [Fact]
    public void The_order_of_the_samples_does_not_matter() =>
        Check((sorted, _) => Percentiles.Of("x", sorted, 0) == Percentiles.Of("x", [.. sorted.Reverse()], 0));

    [Fact]
    public void P50_P95_and_P99_of_one_to_a_hundred_are_50_95_and_99()
    {
        var all = Percentiles.Of("x", [.. Enumerable.Range(1, 100).Select(ms => (double)ms)], 0);
        Assert.Equal((50, 95, 99, 100), (all.P50, all.P95, all.P99, all.Count));
    }

    private static void Check(Func<double[], double, bool> law) =>
        Prop.ForAll(Arb.From(Samples), Arb.From(Shares), (samples, share) => law([.. samples.Order()], share)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
