using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.TestKit.Topologies;
using EnterpriseHub.TestKit.Traffic;
using Xunit;

namespace EnterpriseHub.TestKit.Specs;

/// <summary>One lead of a spec: writes, and sees what GHL received for it.</summary>
public sealed class Conversation(Topology hub, string locationId, string contactId)
{
    private static int _lastRef = 1000;

    /// <summary>GHL contact.</summary>
    public string ContactId => contactId;

    /// <summary>A message of this lead that was not delivered yet.</summary>
    public LeadMessage Write(string text)
    {
        var number = Interlocked.Increment(ref _lastRef);
        return new LeadMessage
        {
            Ref = number,
            LocationId = locationId,
            ConversationId = $"conv-{contactId}",
            ContactId = contactId,
            Text = $"{text} ref {number}",
            SentAt = TimeProvider.System.GetUtcNow(),
        };
    }

    /// <summary>Delivers a message and expects it to be taken.</summary>
    public async Task<LeadMessage> SayAsync(string text)
    {
        var message = Write(text);
        Assert.Equal(HttpStatusCode.OK, await hub.DeliverAsync(message));
        return message;
    }

    /// <summary>Delivers a text as it is, without a number in it.</summary>
    public async Task SayExactlyAsync(string text) =>
        Assert.Equal(HttpStatusCode.OK, await hub.DeliverAsync(Write(text) with { Text = text }));

    /// <summary>What GHL received for this lead so far.</summary>
    public async Task<IReadOnlyList<DeliveredReply>> RepliesAsync() =>
        [.. (await hub.Ghl.RepliesAsync(CancellationToken.None)).Where(reply => reply.ContactId == contactId)];

    /// <summary>Waits until GHL received this many messages for the lead.</summary>
    public Task<IReadOnlyList<DeliveredReply>> RepliesAsync(int count) =>
        Eventually.BecomesAsync(RepliesAsync, replies => replies.Count >= count);

    /// <summary>Waits until every turn of the conversation has ended, and returns the last one's state and reason.</summary>
    public Task<TurnSeen> SettledTurnAsync(int turns) =>
        Eventually.BecomesAsync(LastTurnAsync, turn => turn.Turns >= turns && turn.Delivery is not ("pending" or ""));

    /// <summary>The stages of the newest turn, as the API shows them.</summary>
    public async Task<IReadOnlyList<StageSeen>> StagesAsync() =>
        [.. (await TurnsAsync())[^1].GetProperty("stages").EnumerateArray().Select(stage => new StageSeen(
            stage.GetProperty("stage").GetString()!, stage.TryGetProperty("step", out var step) ? step.GetString() : null, stage.GetProperty("at").GetDateTimeOffset(),
            stage.GetProperty("sinceReceivedMs").GetDouble(), stage.GetProperty("tookMs").GetDouble()))];

    private async Task<TurnSeen> LastTurnAsync()
    {
        var turns = await TurnsAsync();
        return turns.Count == 0
            ? new TurnSeen(0, "", "", "")
            : new TurnSeen(turns.Count, turns[^1].GetProperty("decision").GetString()!, turns[^1].GetProperty("reason").GetString()!, turns[^1].GetProperty("delivery").GetString()!);
    }

    /// <summary>Oldest first; none while there is no conversation.</summary>
    private async Task<IReadOnlyList<JsonElement>> TurnsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.For("/api/conversations"), $"/api/conversations/conv-{contactId}?locationId={locationId}"));
        request.Headers.Add("X-Api-Key", Topology.AdminKey);
        using var answer = await hub.Http.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("turns").EnumerateArray().OrderBy(turn => turn.GetProperty("answersUpToSeq").GetInt64())];
    }
}

/// <summary>A stage of a turn as the API shows it.</summary>
/// <param name="Stage">Its name; <c>step</c> for a step.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="At">When it was reached.</param>
/// <param name="SinceReceivedMs">Milliseconds since the webhook.</param>
/// <param name="TookMs">Milliseconds since the stage before.</param>
public sealed record StageSeen(string Stage, string? Step, DateTimeOffset At, double SinceReceivedMs, double TookMs);

/// <summary>The newest turn as the API shows it.</summary>
/// <param name="Turns">Turns of the conversation.</param>
/// <param name="Decision">send, hand_over or stay_silent.</param>
/// <param name="Reason">Why.</param>
/// <param name="Delivery">none, pending, sent, superseded, suppressed, held or failed.</param>
public sealed record TurnSeen(int Turns, string Decision, string Reason, string Delivery);
