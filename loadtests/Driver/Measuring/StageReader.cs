using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.LoadTests.Reports;
using EnterpriseHub.LoadTests.Running;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Measuring;

/// <summary>Reads back when the stages of turns were reached, from the product's own API.</summary>
internal sealed class StageReader(Target target, HttpClient http)
{
    private const int Conversations = 200;

    /// <summary>Null when the product does not tell stages.</summary>
    public async Task<IReadOnlyList<StageTime>?> ReadAsync(IReadOnlyList<Handover> handovers, CancellationToken cancellation)
    {
        var known = handovers.Select(handover => handover.Message).DistinctBy(message => message.ConversationId).ToList();
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        for (var index = 0; index < Math.Min(Conversations, known.Count); index++)
        {
            var message = known[index * known.Count / Math.Min(Conversations, known.Count)];
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target.Conversations, $"/api/conversations/{message.ConversationId}?locationId={message.LocationId}"));
            request.Headers.Add("X-Api-Key", target.AdminKey);
            using var answer = await http.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            Collect(await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation), times);
        }
        return times.Count == 0 ? null
            : [.. times.Select(stage => new StageTime(stage.Key, stage.Value.Count, Timeline.Rank(stage.Value, 0.5), Timeline.Rank(stage.Value, 0.95))).OrderBy(stage => stage.P50)];
    }

    internal static void Collect(JsonElement conversation, Dictionary<string, List<double>> times)
    {
        foreach (var turn in conversation.GetProperty("turns").EnumerateArray())
        {
            if (!turn.TryGetProperty("stages", out var stages) || stages.ValueKind != JsonValueKind.Array)
            {
                continue;
            }
            foreach (var stage in stages.EnumerateArray())
            {
                var name = stage.GetProperty("stage").GetString()!;
                if (!times.TryGetValue(name, out var list))
                {
                    times[name] = list = [];
                }
                list.Add(stage.GetProperty("sinceReceivedMs").GetDouble());
            }
        }
    }
}
