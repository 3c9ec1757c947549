using EnterpriseHub.Faults.Tests.Bench;

namespace EnterpriseHub.Faults.Tests.Upstreams;

/// <summary>GHL that refuses, loses its answer, or shows its own messages late: never a second message, never a silent loss.</summary>
internal static class GhlCells
{
    private const string Send = "/conversations/messages";

    public static IEnumerable<FaultCell> All =>
    [
        Trouble("GHL 429", "429 for the first ten calls", FaultCell.OneEach, new { upstream = "ghl", mode = "429", count = 10, retryAfter = 1 }),
        Trouble("GHL 401", "401 for two sends", FaultCell.OneEach, new { upstream = "ghl", mode = "401", method = "POST", path = Send, count = 2 }),
        Trouble("GHL 400", "400 for every send", OneEnd, new { upstream = "ghl", mode = "400", method = "POST", path = Send }),
        Trouble("GHL 500", "500 and not saved, two sends", FaultCell.OneEach, new { upstream = "ghl", mode = "500", method = "POST", path = Send, count = 2 }),
        Trouble("GHL 500 saved", "500 although saved, every send", FaultCell.OneEach, Saved("500-saved")),
        Trouble("GHL timeout", "silence and not saved, two sends", FaultCell.OneEach, new { upstream = "ghl", mode = "timeout", method = "POST", path = Send, count = 2, afterMs = 4000 }),
        Trouble("GHL timeout saved", "silence although saved, every send", FaultCell.OneEach, new { upstream = "ghl", mode = "timeout-saved", method = "POST", path = Send, afterMs = 4000 }),
        Trouble("GHL reset", "connection reset and not saved, two sends", FaultCell.OneEach, new { upstream = "ghl", mode = "reset", method = "POST", path = Send, count = 2 }),
        Trouble("GHL reset saved", "connection reset although saved, every send", FaultCell.OneEach, Saved("reset-saved")),
        Trouble("GHL garbage", "200 with garbage, saved, every send", FaultCell.OneEach, Saved("garbage")),
        Trouble("GHL list lags", "500 although saved; the list shows it after half the schedule (90 s of 180 s)", FaultCell.OneEach,
            Saved("500-saved"), new { upstream = "ghl", mode = "listlag", afterMs = 1000 }),
        Trouble("GHL list broken", "500 although saved; the first six lists fail", FaultCell.OneEach,
            Saved("500-saved"), new { upstream = "ghl", mode = "500", method = "GET", path = "/messages", count = 6 }),
        Trouble("GHL flat answers", "500 although saved; answers in the shape of the specification", FaultCell.OneEach,
            new { upstream = "ghl", mode = "500-saved", method = "POST", path = Send, count = 2 }, new { upstream = "ghl", mode = "flat" }),
        Trouble("GHL contacts away", "500 for every contact until the end of the burst", FaultCell.OneEach, new { upstream = "ghl", mode = "500", method = "GET", path = "/contacts", count = 8 }),
        new("GHL daily limit", "the day's calls are used up", "nothing sent, nothing lost: waits for the next day", DailyLimitAsync),
    ];

    private const string OneEnd = "one end each, with the reason";

    private static object Saved(string mode) => new { upstream = "ghl", mode, method = "POST", path = Send };

    private static FaultCell Trouble(string name, string injected, string expected, params object[] rules) => new(name, injected, expected, async bench =>
    {
        await bench.UpstreamsAsync(rules);
        try
        {
            await bench.BurstAsync();
            return expected == OneEnd ? await bench.OneEndEachAsync() : await bench.OneEachAsync();
        }
        finally
        {
            await bench.UpstreamsAsync();
        }
    });

    private static async Task<string> DailyLimitAsync(FaultBench bench)
    {
        const string Location = "wait-daily";
        await bench.LocateAsync(Location);
        await bench.LimitAsync(daily: 1);
        var text = bench.Write(0) with { LocationId = Location };
        await bench.DeliverAsync(text);
        var state = await bench.LedgerStateAsync(text.ContactId, row => row.StartsWith("planned rate_limited", StringComparison.Ordinal) || row.StartsWith("planned contact_unknown", StringComparison.Ordinal));
        await bench.LimitAsync(daily: 200_000);
        return (await bench.RepliesAsync()).Count == 0 ? state : throw new InvalidOperationException("a reply went out over the limit");
    }
}
