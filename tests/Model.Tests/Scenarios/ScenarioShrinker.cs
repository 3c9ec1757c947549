using EnterpriseHub.Model.Tests.Ports;

namespace EnterpriseHub.Model.Tests.Scenarios;

/// <summary>Simpler scenarios of the same seed, the simplest first.</summary>
internal static class ScenarioShrinker
{
    public static IEnumerable<Scenario> Simpler(Scenario whole)
    {
        foreach (var faults in Without(whole.Faults))
        {
            yield return whole with { Faults = faults };
        }
        foreach (var inputs in Without(whole.Inputs).Where(inputs => inputs.Count > 0))
        {
            yield return whole with { Inputs = inputs };
        }
        foreach (var inputs in Each(whole.Inputs, input => input.Copies > 1, input => input with { Copies = 1 }))
        {
            yield return whole with { Inputs = inputs };
        }
        foreach (var posts in Without(whole.Posts).Concat(Each(whole.Posts, post => post != PostOutcome.Ok, _ => PostOutcome.Ok)))
        {
            yield return whole with { Posts = posts };
        }
        foreach (var simpler in Whole(whole).Where(simpler => simpler.ToString() != whole.ToString()))
        {
            yield return simpler;
        }
    }

    private static IEnumerable<Scenario> Whole(Scenario whole) =>
    [
        whole with { ListLags = [] }, whole with { ListFailures = [] }, whole with { ClaudeFailures = [] }, whole with { Echoes = [] }, whole with { Lost = [] },
        whole with { GhlClockOff = 0 }, whole with { Twice = 0 }, whole with { Settles = false },
    ];

    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> list) =>
        Enumerable.Range(0, list.Count).Select(left => (IReadOnlyList<T>)[.. list.Where((_, index) => index != left)]);

    private static IEnumerable<IReadOnlyList<T>> Each<T>(IReadOnlyList<T> list, Func<T, bool> where, Func<T, T> to) =>
        Enumerable.Range(0, list.Count).Where(at => where(list[at])).Select(at => (IReadOnlyList<T>)[.. list.Select((one, index) => index == at ? to(one) : one)]);
}
