namespace EnterpriseHub.LoadTests.Traffic;

/// <summary>A part of a run with one rate.</summary>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="Rate">Arrivals a second.</param>
internal sealed record Stretch(double Seconds, double Rate);

/// <summary>How many arrivals a second are due, over time.</summary>
internal sealed record RateProfile(IReadOnlyList<Stretch> Stretches)
{
    public double Seconds => Stretches.Sum(stretch => stretch.Seconds);

    public double HighestRate => Stretches.Max(stretch => stretch.Rate);

    public static RateProfile Constant(double rate, double seconds) => new([new Stretch(seconds, rate)]);

    /// <summary>The same course at another height.</summary>
    public RateProfile Times(double factor) => new([.. Stretches.Select(stretch => stretch with { Rate = stretch.Rate * factor })]);

    /// <summary>The same heights in another time.</summary>
    public RateProfile Lasting(double factor) => new([.. Stretches.Select(stretch => stretch with { Seconds = stretch.Seconds * factor })]);

    /// <summary>When arrivals are due, from the start. They depend on nothing that happens in the run.</summary>
    /// <param name="poisson">Draws exponential gaps; null gives even ones, the first at once.</param>
    public IEnumerable<TimeSpan> Arrivals(Random? poisson)
    {
        // Counted in expected arrivals, so that a change of rate falls where it belongs, also in the middle of a gap.
        var ahead = poisson is null ? 0 : Gap(poisson);
        var start = 0.0;
        foreach (var stretch in Stretches)
        {
            var expected = stretch.Rate * stretch.Seconds;
            for (; ahead < expected; ahead += Gap(poisson))
            {
                yield return TimeSpan.FromSeconds(start + (ahead / stretch.Rate));
            }
            ahead -= expected;
            start += stretch.Seconds;
        }
    }

    private static double Gap(Random? poisson) => poisson is null ? 1 : -Math.Log(1 - poisson.NextDouble());
}
