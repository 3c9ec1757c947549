using System.Net;
using EnterpriseHub.Faults.Tests.Bench;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.Faults.Tests.Upstreams;

/// <summary>GHL that delivers often, late and in the wrong order; leads who say STOP; hours at which nobody may write.</summary>
internal static class WebhookCells
{
    public static IEnumerable<FaultCell> All =>
    [
        new("webhook x10", "each delivered ten times at once", FaultCell.OneEach, async bench =>
        {
            var texts = Enumerable.Range(0, 4).Select(lead => bench.Write(lead)).ToList();
            await Task.WhenAll(texts.SelectMany(text => Enumerable.Repeat(text, 10)).Select(text => bench.DeliverAsync(text)));
            return await bench.OneEachAsync();
        }),
        new("webhook x10 late", "delivered again ten times after the reply", FaultCell.OneEach, async bench =>
        {
            var texts = await bench.BurstAsync(2);
            await bench.OneEachAsync();
            await Task.WhenAll(texts.SelectMany(text => Enumerable.Repeat(text, 10)).Select(text => bench.DeliverAsync(text)));
            return await bench.OneEachAsync();
        }),
        new("webhooks reordered", "three texts of a lead arrive last first", FaultCell.OneEach, async bench =>
        {
            var texts = Enumerable.Range(0, 3).Select(_ => bench.Write(0)).Reverse().ToList();
            foreach (var text in texts)
            {
                await bench.DeliverAsync(text);
            }
            return await bench.OneEachAsync();
        }),
        new("webhook 25 h old", "a text of yesterday", "recorded, never answered", async bench =>
        {
            var old = bench.Write(0) with { SentAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(25) };
            await bench.DeliverAsync(old);
            await bench.BurstAsync(2, first: 1);
            await bench.QuietAsync();
            var replies = await bench.RepliesAsync();
            return replies.Count == 2 && !replies.Any(reply => reply.Refs.Contains(old.Ref)) ? "no reply to it, one to each of two others" : throw new InvalidOperationException($"{replies.Count} replies");
        }),
        new("STOP while thinking", "STOP is taken while Claude thinks", "no reply is posted after STOP was answered", StopAsync),
        new("quiet hours", "a text at night", "nothing goes out", QuietHoursAsync),
    ];

    private static async Task<string> StopAsync(FaultBench bench)
    {
        bench.Hub.Failpoints.Arm("O3", "delay 800");
        var text = bench.Write(0);
        await bench.DeliverAsync(text);
        await bench.Hub.Failpoints.FiredAsync("O3");
        var stop = bench.Write(0) with { Text = "STOP" };
        if (await bench.TryDeliverAsync(stop) != HttpStatusCode.OK)
        {
            throw new InvalidOperationException("STOP was not taken");
        }
        var stoppedAt = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        await bench.DeliverAsync(bench.Write(0, "Hello, are you there"));
        await bench.QuietAsync();
        return Forbidden(await bench.RepliesAsync(), stoppedAt) is 0 and var none ? $"{none} replies after it" : throw new InvalidOperationException("a reply after STOP");
    }

    private static int Forbidden(IReadOnlyList<DeliveredReply> replies, double since) => replies.Count(reply => reply.At > since);

    private static async Task<string> QuietHoursAsync(FaultBench bench)
    {
        const string Location = "wait-quiet";
        await bench.LocateAsync(Location, new
        {
            timeZone = "UTC", accessToken = $"sim-{Location}", settleWindow = "00:00:00", activation = new { @default = "on" },
            // All day: the lead's own zone counts where it is known.
            quietHours = new { from = "00:00", to = "23:59" },
        });
        var text = bench.Write(0) with { LocationId = Location };
        await bench.DeliverAsync(text);
        var state = await bench.LedgerStateAsync(text.ContactId, row => row.StartsWith("planned quiet_hours", StringComparison.Ordinal));
        return (await bench.RepliesAsync()).Count == 0 ? state : throw new InvalidOperationException("a reply at night");
    }
}
