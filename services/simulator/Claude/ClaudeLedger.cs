using System.Collections.Concurrent;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>Counts calls and tokens by purpose.</summary>
internal sealed class ClaudeLedger
{
    private readonly ConcurrentDictionary<string, PurposeCount> counts = new();

    public void Add(string purpose, int status, PromptCharge? charge, int output, bool stream)
    {
        var count = counts.GetOrAdd(purpose, static _ => new PurposeCount());
        lock (count)
        {
            count.Calls++;
            count.Failed += status == 200 ? 0 : 1;
            count.Streams += stream ? 1 : 0;
            count.OutputTokens += output;
            if (charge is not null)
            {
                count.InputTokens += charge.Input;
                count.CacheReadTokens += charge.Read;
                count.CacheWrite5mTokens += charge.Written5m;
                count.CacheWrite1hTokens += charge.Written1h;
                count.CacheHits += charge.Read > 0 ? 1 : 0;
            }
        }
    }

    public void Clear() => counts.Clear();

    public ClaudeSummary Summarise() => new(
        counts.Values.Sum(count => count.Calls),
        new SortedDictionary<string, PurposeCount>(counts.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal));
}

/// <summary>What was asked of the simulated Claude.</summary>
/// <param name="Calls">All calls.</param>
/// <param name="ByPurpose">analysis, draft, other, count, refused.</param>
internal sealed record ClaudeSummary(long Calls, SortedDictionary<string, PurposeCount> ByPurpose);

/// <summary>Totals of one purpose.</summary>
internal sealed class PurposeCount
{
    public long Calls { get; set; }

    /// <summary>Answered with anything but 200, or not answered.</summary>
    public long Failed { get; set; }

    public long Streams { get; set; }

    public long InputTokens { get; set; }

    public long OutputTokens { get; set; }

    public long CacheReadTokens { get; set; }

    public long CacheWrite5mTokens { get; set; }

    public long CacheWrite1hTokens { get; set; }

    /// <summary>Calls that read anything from the prompt cache.</summary>
    public long CacheHits { get; set; }
}
