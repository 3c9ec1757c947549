using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>A ring of the newest requests in the order of receipt.</summary>
internal sealed class GhlLedger(IOptions<SimulatorOptions> options)
{
    private readonly Lock gate = new();
    private readonly LedgerEntry?[] ring = new LedgerEntry?[options.Value.LedgerCapacity];
    private long last;
    private long cleared;

    /// <summary>Enters a request; numbers start at 1 and are never used again, not even after <see cref="Clear"/>.</summary>
    public void Add(LedgerEntry entry)
    {
        lock (gate)
        {
            entry.Seq = ++last;
            ring[last % ring.Length] = entry;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            Array.Clear(ring);
            cleared = last;
        }
    }

    /// <summary>Entries after a number, oldest first.</summary>
    /// <returns>The page, and the number to ask after next.</returns>
    public (List<LedgerEntry> Page, long Next) Read(long after, int limit, string? locationId, string? kind)
    {
        var page = new List<LedgerEntry>(Math.Min(limit, 1024));
        lock (gate)
        {
            var seq = Math.Max(after, Oldest - 1);
            while (seq < last && page.Count < limit)
            {
                var entry = ring[++seq % ring.Length]!;
                if ((locationId is null || entry.LocationId == locationId) && (kind is null || entry.Kind == kind))
                {
                    page.Add(entry);
                }
            }
            return (page, Math.Max(seq, after));
        }
    }

    public LedgerSummary Summarise()
    {
        lock (gate)
        {
            var kept = new List<LedgerEntry>();
            for (var seq = Oldest; seq <= last; seq++)
            {
                kept.Add(ring[seq % ring.Length]!);
            }
            return new LedgerSummary
            {
                Total = last - cleared,
                Kept = kept.Count,
                Last = last,
                ByKind = Count(kept, entry => entry.Kind),
                SavedByKind = Count(kept.Where(entry => entry.Saved), entry => entry.Kind),
                ByStatus = Count(kept, entry => entry.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ByLocation = Count(kept, entry => entry.LocationId ?? ""),
            };
        }
    }

    private long Oldest => Math.Max(cleared, last - ring.Length) + 1;

    private static SortedDictionary<string, int> Count(IEnumerable<LedgerEntry> entries, Func<LedgerEntry, string> by) =>
        new(entries.CountBy(by).ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal);
}

/// <summary>Counts of the ledger.</summary>
internal sealed record LedgerSummary
{
    /// <summary>Entries since the last clear, also those that fell out.</summary>
    public required long Total { get; init; }

    /// <summary>Entries that can still be read; the maps below count these.</summary>
    public required int Kept { get; init; }

    /// <summary>The newest number.</summary>
    public required long Last { get; init; }

    public required SortedDictionary<string, int> ByKind { get; init; }

    public required SortedDictionary<string, int> SavedByKind { get; init; }

    public required SortedDictionary<string, int> ByStatus { get; init; }

    public required SortedDictionary<string, int> ByLocation { get; init; }
}
