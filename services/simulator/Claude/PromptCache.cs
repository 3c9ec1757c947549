using System.Collections.Concurrent;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>Which prompt prefixes are cached, and what a request pays.</summary>
internal sealed class PromptCache(TimeProvider time)
{
    private const int MinTokens = 512;
    private const int MaxBreakpoints = 4;
    private const int Lookback = 20;
    private const int SweepAbove = 50_000;
    private readonly ConcurrentDictionary<UInt128, Entry> entries = new();

    public static ClaudeError? Refuse(PromptPrefix prefix)
    {
        if (prefix.Breakpoints > MaxBreakpoints)
        {
            return ClaudeError.Invalid($"A maximum of {MaxBreakpoints} blocks with cache_control may be provided. Found {prefix.Breakpoints}.");
        }
        var ttls = prefix.Blocks.Where(block => block.Ttl is not null).Select(block => block.Ttl!.Value).ToList();
        return ttls.Zip(ttls.Skip(1)).Any(pair => pair.First < pair.Second)
            ? ClaudeError.Invalid("a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block")
            : null;
    }

    /// <summary>Prices a request. Entries that it writes are readable only after <see cref="Commit"/>, when its answer begins.</summary>
    public PromptCharge Charge(PromptPrefix prefix, DateTimeOffset requestStart)
    {
        var blocks = prefix.Blocks;
        var read = 0;
        var writes = new List<(UInt128 Hash, TimeSpan Ttl)>();
        for (var at = blocks.Count - 1; at >= 0 && read == 0; at--)
        {
            if (blocks[at].Ttl is not null)
            {
                read = LongestRead(blocks, at, requestStart);
            }
        }
        var shortLived = 0;
        var longLived = 0;
        var paid = read;
        foreach (var block in blocks)
        {
            if (block.Ttl is not { } ttl || block.TokensSoFar < MinTokens)
            {
                continue;
            }
            writes.Add((block.Hash, ttl));
            var added = Math.Max(0, block.TokensSoFar - paid);
            paid += added;
            if (ttl > TimeSpan.FromMinutes(5))
            {
                longLived += added;
            }
            else
            {
                shortLived += added;
            }
        }
        return new PromptCharge(prefix.Tokens - read - shortLived - longLived, read, shortLived, longLived, writes, requestStart);
    }

    /// <summary>Makes what the request wrote readable; lives count from the request's start.</summary>
    public void Commit(PromptCharge charge)
    {
        foreach (var (hash, ttl) in charge.Writes)
        {
            entries[hash] = new Entry(charge.RequestStart + ttl, ttl);
        }
        if (entries.Count > SweepAbove)
        {
            var now = time.GetUtcNow();
            foreach (var (hash, entry) in entries)
            {
                if (entry.Expires <= now)
                {
                    entries.TryRemove(hash, out _);
                }
            }
        }
    }

    public void Clear() => entries.Clear();

    private int LongestRead(IReadOnlyList<PromptPrefix.Block> blocks, int breakpoint, DateTimeOffset now)
    {
        for (var at = breakpoint; at >= 0 && at > breakpoint - Lookback; at--)
        {
            if (entries.TryGetValue(blocks[at].Hash, out var entry) && entry.Expires > now)
            {
                entries.TryUpdate(blocks[at].Hash, entry with { Expires = now + entry.Ttl }, entry);
                return blocks[at].TokensSoFar;
            }
        }
        return 0;
    }

    private sealed record Entry(DateTimeOffset Expires, TimeSpan Ttl);
}

/// <summary>Tokens of a request by price class.</summary>
internal sealed record PromptCharge(
    int Input, int Read, int Written5m, int Written1h, IReadOnlyList<(UInt128 Hash, TimeSpan Ttl)> Writes, DateTimeOffset RequestStart);
