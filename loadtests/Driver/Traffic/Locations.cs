using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Traffic;

/// <summary>Creates the run's locations through the product's API, each once.</summary>
internal sealed class Locations(HttpClient http, Target target, string run)
{
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>Locations with this settle window: always on, no quiet hours, tokens of the simulator.</summary>
    public async Task<IReadOnlyList<string>> ProvideAsync(int count, TimeSpan settleWindow, CancellationToken cancellation)
    {
        var ids = Enumerable.Range(0, count).Select(number => $"{run}-{settleWindow.TotalMilliseconds:F0}-loc-{number}").ToList();
        await ParallelAsync(ids, settleWindow, active: true, cancellation);
        return ids;
    }

    /// <summary>A location whose assistant is off.</summary>
    public async Task<string> ProvideSilentAsync(CancellationToken cancellation)
    {
        var id = $"{run}-silent";
        await ParallelAsync([id], TimeSpan.Zero, active: false, cancellation);
        return id;
    }

    private Task ParallelAsync(IEnumerable<string> ids, TimeSpan settleWindow, bool active, CancellationToken cancellation) =>
        Parallel.ForEachAsync(ids.Where(_made.Add).ToList(), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellation },
            async (id, token) => await LocationSetup.PutAsync(http, target.Hub, target.AdminKey, id, settleWindow, active, token));
}
