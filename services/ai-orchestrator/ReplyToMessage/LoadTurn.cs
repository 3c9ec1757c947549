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
        var row = await session.FirstOrDefaultAsync<ConversationRow>(ConversationRow.Sql,
            new { lease.Key.LocationId, lease.Key.ConversationId, lease.Epoch });
        if (row is null)
        {
            return null;
        }
        var unanswered = await session.QueryAsync<SaidRow>(SaidRow.Unanswered, new { lease.Key.LocationId, lease.Key.ConversationId, row.Floor, row.Arrived });
        return new Loaded
        {
            Turn = row.Arrived > row.Answered && unanswered.Count > 0 ? await TurnAsync(session, lease.Key, row, unanswered) : null,
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
                new { lease.Key.LocationId, lease.Key.ConversationId }),
        };
    }

    private async Task<Turn> TurnAsync(SqlSession session, ConversationKey key, ConversationRow row, IReadOnlyList<SaidRow> unanswered)
    {
        var profile = JsonSerializer.Deserialize<LocationProfile>(row.Profile, OrchestratorJson.Options)!;
        var history = await session.QueryAsync<SaidRow>(SaidRow.History,
            new { key.LocationId, key.ConversationId, row.Floor, most = (long)options.Value.History });
        var asked = await session.QueryAsync<AskedRow>(AskedRow.Sql, new { key.LocationId, row.ContactId });
        var enrolled = profile.Crm.Workflows.Count == 0
            ? []
            : await session.QueryAsync<string>(
                "SELECT workflow_id FROM lead_workflow WHERE location_id = @LocationId AND contact_id = @ContactId", new { key.LocationId, row.ContactId });
        return new Turn
        {
            Key = key,
            ContactId = row.ContactId,
            Channel = row.Channel,
            Profile = profile,
            Unanswered = [.. unanswered.Select(said => said.ToSaid())],
            History = [.. history.Reverse().Select(said => said.ToSaid())],
            Asked = asked.ToDictionary(ask => ask.Asks, ask => (int)ask.Times, StringComparer.Ordinal),
            ModeBefore = Modes.Parse(row.Mode),
            TemperatureBefore = Enum.TryParse<Temperature>(row.Temperature, ignoreCase: true, out var temperature) ? temperature : null,
            LanguageBefore = row.Language is null ? null : Languages.Parse(row.Language),
            OptedOut = row.OptedOutAt > row.OptedInAt || unanswered.Any(said => said.IsOptOut == 1 && said.ReceivedAt > row.OptedInAt),
            TakenOver = (row.HumanAt > 0 && row.HumanAt >= unanswered[^1].SentAt)
                || row.Now - row.HumanAt < options.Value.TakeoverWindow.TotalMilliseconds
                || row.Now - row.HandedOverAt < options.Value.HandOverPause.TotalMilliseconds,
            BudgetSpent = row.SpentMicroUsd >= profile.DailyBudgetUsd * 1_000_000m,
            Enrolled = enrolled.ToHashSet(StringComparer.Ordinal),
        };
    }
}
