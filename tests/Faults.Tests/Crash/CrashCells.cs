using EnterpriseHub.Faults.Tests.Bench;

namespace EnterpriseHub.Faults.Tests.Crash;

/// <summary>
/// The crash-point matrix: a process ends itself with SIGKILL at a named point while leads write, is started again, and every text has one
/// reply. Points: <c>Failpoint.Hit</c> in the services; what each means: <c>docs/faults.md</c>.
/// </summary>
internal static class CrashCells
{
    public static IEnumerable<FaultCell> All =>
    [
        Unrepeated("G1", "before the body is read"),
        Unrepeated("G2", "verified, before the commit"),
        Kill("G3", "committed, before the 200"),
        Kill("G4", "relay: published, before the mark", "InboundMessageAccepted"),
        Break("G5", "relay: the broker does not confirm", "throw InboundMessageAccepted"),
        Kill("O1", "message received, before the lease"),
        Kill("O2", "lease taken, before Claude"),
        Kill("O3", "during the Claude call"),
        Kill("O4", "Claude answered, before the commit"),
        Kill("O5", "turn committed, before the ack"),
        new("O6", "a newer text while Claude thinks", "one combined reply", NewerWhileThinkingAsync),
        Kill("S1", "before the claim"),
        Kill("S2", "claimed, before the first byte"),
        Kill("S3", "half the request written"),
        Kill("S4", "GHL took it, answer not read", "send_message"),
        Break("S4 lost", "GHL took it, connection breaks before the answer", "throw send_message", "S4"),
        Kill("S5", "answer read, before Sent is committed"),
        Break("S5 broken", "answer read, then an error before the commit", "throw", "S5"),
        Kill("S6", "Sent, before the event is published", "ReplySettled"),
        new("R1", "kill: reconciler between read and update", FaultCell.OneEach, ReconcilerDiesAsync),
        Kill("A1 scoring", "scored, before the ack", "scoring", "A1"),
        Kill("A1 analytics", "counted, before the ack", "analytics", "A1"),
        new("P1", "the webhook comes while the poll has found the text and not stored it", FaultCell.OneEach, PollAndWebhookAsync),
        new("P1 kill", "kill: the poll has found a text, before it stores it", FaultCell.OneEach, PollDiesAsync),
        new("T1", "kill: token renewed by GHL, before it is stored", FaultCell.OneEach, TokenLostAsync),
    ];

    private static FaultCell Kill(string name, string where, string? detail = null, string? point = null) => new(
        name, $"kill: {where}", FaultCell.OneEach, bench => KilledAsync(bench, point ?? name, detail is null ? "kill" : $"kill {detail}"));

    private static FaultCell Break(string name, string what, string order, string? point = null) => new(
        name, what, FaultCell.OneEach, async bench =>
        {
            bench.Hub.Failpoints.Arm(point ?? name, order);
            await bench.BurstAsync();
            await bench.Hub.Failpoints.FiredAsync(point ?? name);
            return await bench.OneEachAsync();
        });

    private static async Task<string> KilledAsync(FaultBench bench, string point, string order)
    {
        bench.Hub.Failpoints.Arm(point, order);
        var burst = bench.BurstAsync();
        var revived = await RevivedAsync(bench, point);
        await burst;
        return $"{await bench.OneEachAsync()}; {revived} died once";
    }

    /// <summary>GHL does not repeat what nobody answered: what was not taken, the poll must find.</summary>
    private static FaultCell Unrepeated(string name, string where) => new(name, $"kill: {where}; GHL does not repeat it", FaultCell.OneEach, async bench =>
    {
        var texts = Enumerable.Range(0, 4).Select(lead => bench.Write(lead)).ToList();
        foreach (var text in texts)
        {
            await bench.PlantAsync(text);
        }
        bench.Hub.Failpoints.Arm(name, "kill");
        var taken = Task.WhenAll(texts.Select(text => bench.TryDeliverAsync(text)));
        var revived = await RevivedAsync(bench, name);
        var missed = (await taken).Count(status => status is null);
        foreach (var text in texts)
        {
            bench.Expect(text);
        }
        return missed > 0
            ? $"{await bench.OneEachAsync()}; {revived} died once, {missed} deliveries lost"
            : throw new InvalidOperationException("no delivery was lost");
    });

    private static async Task<string> PollAndWebhookAsync(FaultBench bench)
    {
        bench.Hub.Failpoints.Arm("P1", "delay 1000");
        var text = bench.Write(0);
        await bench.PlantAsync(text);
        await bench.Hub.Failpoints.FiredAsync("P1");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => bench.DeliverAsync(text)));
        return await bench.OneEachAsync();
    }

    private static async Task<string> PollDiesAsync(FaultBench bench)
    {
        bench.Hub.Failpoints.Arm("P1", "kill");
        var text = bench.Write(0);
        await bench.PlantAsync(text);
        var revived = await RevivedAsync(bench, "P1");
        bench.Expect(text);
        return $"{await bench.OneEachAsync()}; {revived} died once";
    }

    /// <summary>Waits for the death that was ordered and starts what died.</summary>
    private static async Task<string> RevivedAsync(FaultBench bench, string point)
    {
        await bench.Hub.Failpoints.FiredAsync(point);
        for (var tries = 0; tries < 200; tries++)
        {
            if (await bench.Hub.ReviveAsync() is { Count: > 0 } revived)
            {
                return string.Join(" and ", revived);
            }
            await Task.Delay(50, CancellationToken.None);
        }
        throw new InvalidOperationException($"{point} was reached, but nobody died");
    }

    private static async Task<string> NewerWhileThinkingAsync(FaultBench bench)
    {
        bench.Hub.Failpoints.Arm("O3", "delay 1500");
        await bench.DeliverAsync(bench.Write(0));
        await bench.Hub.Failpoints.FiredAsync("O3");
        await bench.DeliverAsync(bench.Write(0, "One more thing about the garage"));
        var seen = await bench.OneEachAsync();
        var replies = await bench.RepliesAsync();
        return replies is [{ Refs.Count: 2 }]
            ? seen
            : throw new InvalidOperationException($"{replies.Count} replies with {string.Join('/', replies.Select(reply => reply.Refs.Count))} texts each");
    }

    private static async Task<string> ReconcilerDiesAsync(FaultBench bench)
    {
        await bench.UpstreamsAsync(new { upstream = "ghl", mode = "500-saved", method = "POST", path = "/conversations/messages", count = 1 });
        bench.Hub.Failpoints.Arm("R1", "kill");
        var burst = bench.BurstAsync();
        var revived = await RevivedAsync(bench, "R1");
        await burst;
        await bench.UpstreamsAsync();
        return $"{await bench.OneEachAsync()}; {revived} died once";
    }

    private static async Task<string> TokenLostAsync(FaultBench bench)
    {
        const string Location = "fault-oauth";
        using (var start = await bench.Hub.SendAsync(HttpMethod.Get, "/oauth/start"))
        using (var consent = await bench.Hub.Http.GetAsync(start.Headers.Location + $"&locationId={Location}"))
        using (var connected = await bench.Hub.Http.GetAsync(new Uri(bench.Hub.For("/oauth"), "/oauth/callback" + consent.Headers.Location!.Query)))
        {
            connected.EnsureSuccessStatusCode();
        }
        await bench.LocateAsync(Location, new { timeZone = "America/Los_Angeles", settleWindow = "00:00:00", quietHours = (object?)null, activation = new { @default = "on" } });
        await bench.UpstreamsAsync(new { upstream = "ghl", mode = "401", method = "POST", path = "/conversations/messages", locationId = Location, count = 1 });
        bench.Hub.Failpoints.Arm("T1", "kill");
        var delivery = bench.DeliverAsync(bench.Write(0) with { LocationId = Location });
        var revived = await RevivedAsync(bench, "T1");
        await delivery;
        await bench.UpstreamsAsync();
        return $"{await bench.OneEachAsync()}; {revived} died once";
    }
}
