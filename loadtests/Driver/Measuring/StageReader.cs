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
        var times = new Dictionary<string, List<StageLook>>(StringComparer.Ordinal);
        for (var index = 0; index < Math.Min(Conversations, known.Count); index++)
        {
            var message = known[index * known.Count / Math.Min(Conversations, known.Count)];
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target.Conversations, $"/api/conversations/{message.ConversationId}?locationId={message.LocationId}"));
            request.Headers.Add("X-Api-Key", target.AdminKey);
            using var answer = await http.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
            Collect(await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation), times);
        }
        return times.Count == 0 ? null : [.. times.Select(stage => Sum(stage.Key, stage.Value)).OrderBy(stage => stage.P50)];
    }

    internal static void Collect(JsonElement conversation, Dictionary<string, List<StageLook>> times)
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
                // Steps run side by side and are told apart by their own name.
                name = stage.TryGetProperty("step", out var step) && step.GetString() is { } own ? $"{name} {own}" : name;
                if (!times.TryGetValue(name, out var list))
                {
                    times[name] = list = [];
                }
                list.Add(new StageLook(stage.GetProperty("sinceReceivedMs").GetDouble(), stage.GetProperty("tookMs").GetDouble()));
            }
        }
    }

    private static StageTime Sum(string name, List<StageLook> looks) => new(
        name, looks.Count, Timeline.Rank(looks.Select(look => look.SinceReceivedMs), 0.5), Timeline.Rank(looks.Select(look => look.SinceReceivedMs), 0.95),
        Timeline.Rank(looks.Select(look => look.TookMs), 0.5));
}

/// <summary>One turn's stage.</summary>
internal readonly record struct StageLook(double SinceReceivedMs, double TookMs);
