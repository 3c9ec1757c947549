using System.Text.RegularExpressions;
using EnterpriseHub.Faults.Tests.Processes;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Faults.Tests.Bench;

/// <summary>What must hold of a whole run, when nothing is open any more.</summary>
internal static partial class FinalChecks
{
    public static IEnumerable<(string Name, string Expected, Func<Task<string>> Check)> Of(FaultBench bench) =>
    [
        ("whole run", "nothing open", async () =>
        {
            await bench.QuietAsync();
            return $"{bench.Handovers.Count} texts";
        }),
        ("strangers", "every reply went to the contact and location that wrote", () => StrangersAsync(bench)),
        ("counts", "messages, replies and costs counted once", () => CountsAsync(bench)),
        ("logs", "no secret, phone number or message text", () => LogsAsync(bench)),
    ];

    private static async Task<string> StrangersAsync(FaultBench bench)
    {
        var replies = await bench.Hub.Ghl.RepliesAsync(CancellationToken.None);
        var texts = bench.Handovers.ToDictionary(handover => handover.Message.Ref, handover => handover.Message);
        var wrong = replies.Where(reply => reply.Refs.Any(number =>
            !texts.TryGetValue(number, out var text) || text.ContactId != reply.ContactId || text.LocationId != reply.LocationId)).ToList();
        return wrong.Count == 0
            ? $"{replies.Count} replies"
            : throw new InvalidOperationException(string.Join("; ", wrong.Take(5).Select(reply => $"{reply.LocationId}/{reply.ContactId} {string.Join(',', reply.Refs)}")));
    }

    /// <summary>Analytics is off the path and may be behind for a moment.</summary>
    private static async Task<string> CountsAsync(FaultBench bench)
    {
        var texts = await bench.Hub.Work.NumberAsync("orchestrator", "SELECT COUNT(*) FROM {0}message WHERE direction = 'lead'");
        var costs = await bench.Hub.Work.NumberAsync("orchestrator", "SELECT CAST(COALESCE(SUM(cost_micro_usd), 0) AS BIGINT) FROM {0}turn");
        var wanted = (texts, replies: (long)(await bench.Hub.Ghl.RepliesAsync(CancellationToken.None)).Count, costs);
        (long, long, long) seen = default;
        for (var tries = 0; tries < 100; tries++)
        {
            var today = (await bench.Hub.GetAsync("/api/metrics/summary?window=2h")).GetProperty("window");
            seen = (today.GetProperty("messages").GetInt64(), today.GetProperty("replies").GetInt64(), today.GetProperty("costMicroUsd").GetInt64());
            if (seen == wanted)
            {
                return $"{wanted.texts} texts, {wanted.replies} replies, {wanted.costs} millionths of a dollar, everywhere the same";
            }
            await Task.Delay(200, CancellationToken.None);
        }
        throw new InvalidOperationException($"analytics counts (texts, replies, costs) {seen}, but it was {wanted}");
    }

    private static async Task<string> LogsAsync(FaultBench bench)
    {
        var said = (await bench.Hub.Ghl.RepliesAsync(CancellationToken.None)).Select(reply => reply.Text[..Math.Min(40, reply.Text.Length)]).Distinct();
        string[] secrets =
        [
            FaultBench.Marker, Topology.AdminKey, FaultSettings.MasterKey, "sim-claude-key-4711", "5555550123", "5555550188",
            .. FaultBench.Locations.Select(location => $"sim-{location}"), .. said,
        ];
        var lines = 0;
        foreach (var file in Directory.GetFiles(bench.Hub.Folder, "*.log"))
        {
            await foreach (var line in File.ReadLinesAsync(file))
            {
                lines++;
                if (secrets.FirstOrDefault(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } found)
                {
                    throw new InvalidOperationException($"{Path.GetFileName(file)} holds '{found[..Math.Min(6, found.Length)]}…': {line[..Math.Min(160, line.Length)]}");
                }
                if (Phone().IsMatch(line))
                {
                    throw new InvalidOperationException($"{Path.GetFileName(file)} holds a phone number");
                }
            }
        }
        return $"{lines} lines of {bench.Hub.Processes.Count} processes";
    }

    [GeneratedRegex(@"\+1\d{10}\b")]
    private static partial Regex Phone();
}
