using EnterpriseHub.LoadTests.Traffic;

namespace EnterpriseHub.LoadTests.Tests;

public sealed class ArrivalTests
{
    [Fact]
    public void Even_arrivals_are_as_many_as_the_rate_says_and_evenly_spaced()
    {
        var due = RateProfile.Constant(50, 2).Arrivals(null).ToList();
        Assert.Equal(100, due.Count);
        Assert.Equal(TimeSpan.Zero, due[0]);
        Assert.All(due.Zip(due.Skip(1)), pair => Assert.Equal(20, (pair.Second - pair.First).TotalMilliseconds, 3));
    }

    [Fact]
    public void A_change_of_rate_falls_where_it_belongs()
    {
        var due = new RateProfile([new(2, 10), new(1, 100), new(2, 10)]).Arrivals(null).ToList();
        Assert.Equal([20, 100, 20], [due.Count(at => at.TotalSeconds < 2), due.Count(at => at.TotalSeconds is >= 2 and < 3), due.Count(at => at.TotalSeconds >= 3)]);
    }

    [Fact]
    public void A_gap_over_a_change_of_rate_is_partly_at_each()
    {
        // Half of the second gap lasts half a second at 1/s, the other half a twentieth at 10/s.
        var due = new RateProfile([new(1.5, 1), new(1, 10)]).Arrivals(null).Take(3).ToList();
        Assert.Equal([0, 1, 1.55], due.Select(at => Math.Round(at.TotalSeconds, 6)));
    }

    [Fact]
    public void Random_arrivals_keep_the_rate_and_have_exponential_gaps()
    {
        var due = RateProfile.Constant(200, 100).Arrivals(new Random(1)).Select(at => at.TotalSeconds).ToList();
        Assert.InRange(due.Count, 19_500, 20_500);
        var gaps = due.Zip(due.Skip(1), (first, second) => second - first).ToList();
        // A share of 1/e is longer than the mean gap; even gaps would have none or all.
        Assert.InRange(gaps.Count(gap => gap > 1 / 200.0) / (double)gaps.Count, 0.35, 0.39);
        Assert.All(gaps, gap => Assert.True(gap >= 0));
    }

    [Fact]
    public void No_rate_has_no_arrivals() => Assert.Empty(RateProfile.Constant(0, 10).Arrivals(null));
}
