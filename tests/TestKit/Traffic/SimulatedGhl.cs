using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EnterpriseHub.TestKit.Traffic;

/// <summary>A message that the simulated GHL took for a lead.</summary>
/// <param name="At">When its POST arrived, Unix milliseconds.</param>
/// <param name="AnsweredAt">When GHL answered it, Unix milliseconds; 0 if never.</param>
/// <param name="LocationId">GHL location.</param>
/// <param name="ContactId">GHL contact.</param>
/// <param name="Text">What it said.</param>
/// <param name="Refs">The lead messages that it answers.</param>
public sealed record DeliveredReply(double At, double AnsweredAt, string LocationId, string ContactId, string Text, IReadOnlyList<int> Refs);

/// <summary>A request to send a message.</summary>
/// <param name="Seq">Its number in the ledger.</param>
/// <param name="At">When it arrived, Unix milliseconds.</param>
/// <param name="Answered">False while GHL still works on it, and for ever when its caller gave up.</param>
/// <param name="Reply">The message that was saved; null for none.</param>
public sealed record LedgerLine(long Seq, double At, bool Answered, DeliveredReply? Reply);

/// <summary>Reads the ledger of the simulator: the only witness of a test.</summary>
public sealed partial class SimulatedGhl(HttpClient http, Uri simulator)
{
    /// <summary>Every message that was saved for a lead, in order of arrival.</summary>
    public async Task<IReadOnlyList<DeliveredReply>> RepliesAsync(CancellationToken cancellation)
    {
        var replies = new List<DeliveredReply>();
        for (long? after = 0; after is not null;)
        {
            var (page, next) = await PageAsync(after.Value, cancellation);
            replies.AddRange(page.Select(line => line.Reply).OfType<DeliveredReply>());
            after = page.Count > 0 ? next : null;
        }
        return replies;
    }

    /// <summary>Up to 1000 requests to send a message after a number of the ledger, in order of arrival, and the number to ask after next.</summary>
    public async Task<(IReadOnlyList<LedgerLine> Page, long Next)> PageAsync(long after, CancellationToken cancellation)
    {
        var page = await http.GetFromJsonAsync<JsonElement>(new Uri(simulator, $"/sim/ghl/ledger?kind=message&limit=1000&after={after}"), cancellation);
        return (
            [.. page.GetProperty("entries").EnumerateArray().Select(entry =>
                new LedgerLine(entry.GetProperty("seq").GetInt64(), entry.GetProperty("at").GetDouble(), Answered(entry) > 0, Saved(entry) ? Read(entry) : null))],
            page.GetProperty("next").GetInt64());
    }

    /// <summary>Sets the simulator's latencies, milliseconds.</summary>
    public async Task SetLatencyAsync((double Min, double Max) analysis, (double Min, double Max) draft, (double Min, double Max) ghl, CancellationToken cancellation)
    {
        using var answer = await http.PutAsJsonAsync(
            new Uri(simulator, "/sim/control/latency"),
            new
            {
                analysis = new { minMs = analysis.Min, maxMs = analysis.Max },
                draft = new { minMs = draft.Min, maxMs = draft.Max },
                ghl = new { minMs = ghl.Min, maxMs = ghl.Max },
            },
            cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static bool Saved(JsonElement entry) => entry.GetProperty("saved").GetBoolean();

    private static double Answered(JsonElement entry) =>
        entry.TryGetProperty("answeredAt", out var answered) && answered.ValueKind == JsonValueKind.Number ? answered.GetDouble() : 0;

    private static DeliveredReply Read(JsonElement entry)
    {
        var text = entry.GetProperty("body").GetProperty("message").GetString() ?? "";
        return new DeliveredReply(
            entry.GetProperty("at").GetDouble(),
            Answered(entry),
            entry.GetProperty("locationId").GetString()!,
            entry.GetProperty("contactId").GetString()!,
            text,
            [.. Ref().Matches(text).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))]);
    }

    [GeneratedRegex(@"\bref (\d+)")]
    private static partial Regex Ref();
}
