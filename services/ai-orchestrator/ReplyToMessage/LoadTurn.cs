using System.Text.Json;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>A conversation as a holder found it; the commit is only good for this state.</summary>
internal sealed record Loaded
{
    /// <summary>Null when nothing waits for an answer.</summary>
    public Turn? Turn { get; init; }

    /// <summary>Count of the lead's messages.</summary>
    public required long Seen { get; init; }

    /// <summary>Highest sequence number among them.</summary>
    public required long SeenSeq { get; init; }

    /// <summary>Count of turns that a newer message overtook.</summary>
    public required long Superseded { get; init; }

    public required long Attempts { get; init; }

    /// <summary>Time until the burst counts as settled.</summary>
    public required TimeSpan SettlesIn { get; init; }

    /// <summary>The lead has waited long enough: newer messages no longer put the answer off.</summary>
    public required bool PastCap { get; init; }

    /// <summary>A turn decided a moment ago whose delivery is not known yet.</summary>
    public string? PendingTurnId { get; init; }

    /// <summary>Every turn whose delivery is not known: what they say is taken as said.</summary>
    public required IReadOnlyList<string> Pending { get; init; }
}

/// <summary>Reads what a turn has to answer.</summary>
internal sealed class LoadTurn(OrchestratorDatabase database, IOptions<OrchestratorOptions> options)
{
    /// <summary>Null when the lease is lost.</summary>
    public Task<Loaded?> RunAsync(Lease lease, CancellationToken cancellation) =>
        database.ReadAsync(session => ReadAsync(session, lease), cancellation);

    private async Task<Loaded?> ReadAsync(SqlSession session, Lease lease)
    {
        var key = lease.Key;
        var read = await session.QueryManyAsync(
            Questions,
            new { key.LocationId, key.ConversationId, lease.Epoch, most = (long)options.Value.History },
            async answers => new Read(
                await answers.ReadFirstOrDefaultAsync<ConversationRow>(),
                [.. await answers.ReadAsync<SaidRow>()],
                [.. await answers.ReadAsync<SaidRow>()],
                [.. await answers.ReadAsync<AskedRow>()],
                [.. await answers.ReadAsync<string>()]));
        if (read.Conversation is not { } row)
        {
            return null;
        }
        // What came since the conversation was read belongs to the next turn: this one would answer it without marking it answered.
        List<SaidRow> unanswered = [.. read.Unanswered.Where(said => said.Arrival > row.Floor && said.Arrival <= row.Arrived)];
        return new Loaded
        {
            Turn = row.Arrived > row.Answered && unanswered.Count > 0 ? TurnOf(key, row, unanswered, read) : null,
            Seen = row.Arrived,
            SeenSeq = row.LastInboundSeq,
            Superseded = row.Superseded,
            Attempts = row.Attempts,
            SettlesIn = TimeSpan.FromMilliseconds(Math.Max(0, row.DueAt - row.Now)),
            PastCap = row.Now - row.FirstUnansweredAt >= options.Value.SettleCap.TotalMilliseconds,
            PendingTurnId = row.PendingTurnId,
            // Mostly there is none, and no second question to the store.
            Pending = row.PendingTurns == 0 ? [] : await session.QueryAsync<string>(
                "SELECT turn_id FROM turn WHERE location_id = @LocationId AND conversation_id = @ConversationId AND delivery = 'pending' ORDER BY answers_up_to",
                new { key.LocationId, key.ConversationId }),
        };
    }

    private const string Questions =
        $"""
        {ConversationRow.Sql};
        {SaidRow.Unanswered};
        {SaidRow.History};
        {AskedRow.Sql};
        SELECT w.workflow_id FROM lead_workflow w JOIN conversation c ON c.location_id = w.location_id AND c.contact_id = w.contact_id
        WHERE c.location_id = @LocationId AND c.conversation_id = @ConversationId
        """;

    private sealed record Read(
        ConversationRow? Conversation, IReadOnlyList<SaidRow> Unanswered, IReadOnlyList<SaidRow> History, IReadOnlyList<AskedRow> Asked, IReadOnlyList<string> Enrolled);

    private Turn TurnOf(ConversationKey key, ConversationRow row, IReadOnlyList<SaidRow> unanswered, Read read)
    {
        var profile = JsonSerializer.Deserialize<LocationProfile>(row.Profile, OrchestratorJson.Options)!;
        return new Turn
        {
            Key = key,
            ContactId = row.ContactId,
            Channel = row.Channel,
            Profile = profile,
            Unanswered = [.. unanswered.Select(said => said.ToSaid())],
            History = [.. read.History.Reverse().Select(said => said.ToSaid())],
            Asked = read.Asked.ToDictionary(ask => ask.Asks, ask => (int)ask.Times, StringComparer.Ordinal),
            ModeBefore = Modes.Parse(row.Mode),
            TemperatureBefore = Enum.TryParse<Temperature>(row.Temperature, ignoreCase: true, out var temperature) ? temperature : null,
            LanguageBefore = row.Language is null ? null : Languages.Parse(row.Language),
            OptedOut = row.OptedOutAt > row.OptedInAt || unanswered.Any(said => said.IsOptOut == 1 && said.ReceivedAt > row.OptedInAt),
            TakenOver = (row.HumanAt > 0 && row.HumanAt >= unanswered[^1].SentAt)
                || row.Now - row.HumanAt < options.Value.TakeoverWindow.TotalMilliseconds
                || row.Now - row.HandedOverAt < options.Value.HandOverPause.TotalMilliseconds,
            BudgetSpent = row.SpentMicroUsd >= profile.DailyBudgetUsd * 1_000_000m,
            Enrolled = read.Enrolled.ToHashSet(StringComparer.Ordinal),
        };
    }
}
