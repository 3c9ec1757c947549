using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;
using EnterpriseHub.WebhookGateway.ReviewLocations;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.AuditDeliveries;

/// <summary>What an audit reads of the ledger and writes of its result.</summary>
internal sealed class AuditTable(GatewayDatabase database, TimeProvider time)
{
    /// <summary>More differences than a person reads; the counts are whole.</summary>
    private const int MostFindings = 500;

    private const string Columns = "turn_id, conversation_id, contact_id, channel, body, state, send_started_at, ghl_message_id";

    private static readonly (string Finding, string Alert)[] Alerts =
        [(Finding.Twin, "sent_twice"), (Finding.Orphan, "not_ours"), (Finding.Missing, "not_listed")];

    /// <summary>Replies of a conversation, some time around the window too: a twin may lie on its edge.</summary>
    public Task<IReadOnlyList<LedgerRow>> LedgerAsync(string locationId, ListedConversation conversation, AuditWindow window, CancellationToken cancellation) => database.ReadAsync(
        session => session.QueryAsync<LedgerRow>(
            $"""
            SELECT {Columns} FROM outbound_message
            WHERE location_id = @locationId AND conversation_id IN @conversations AND send_started_at >= @from
            """,
            new
            {
                locationId,
                conversations = new[] { conversation.Id, MessageEvents.ConversationOf(conversation.ContactId ?? "") },
                from = window.From - 7_200_000,
            }),
        cancellation);

    /// <summary>Sends of the window, by whatever conversation.</summary>
    public Task<IReadOnlyList<LedgerRow>> SentAsync(string locationId, AuditWindow window, CancellationToken cancellation) => database.ReadAsync(
        session => session.QueryAsync<LedgerRow>(
            $"SELECT {Columns} FROM outbound_message WHERE location_id = @locationId AND state = 'sent' AND send_started_at >= @From AND send_started_at < @To",
            new { locationId, window.From, window.To }),
        cancellation);

    public async Task<IReadOnlySet<string>> ClaimedAsync(string locationId, string[] ids, CancellationToken cancellation) => ids.Length == 0
        ? new HashSet<string>()
        : (await database.ReadAsync(
            session => session.QueryAsync<string>("SELECT ghl_message_id FROM outbound_message WHERE location_id = @locationId AND ghl_message_id IN @ids", new { locationId, ids }),
            cancellation)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The audit, its findings, the alert and the next date in one transaction.</summary>
    public Task<bool> SaveAsync(LocationTask task, Audit audit, WalkEnd end, TimeSpan next, CancellationToken cancellation) => database.TryWriteAsync(
        async unit =>
        {
            var auditId = NewId.NextGuid().ToString();
            await unit.ExecuteAsync(
                """
                INSERT INTO delivery_audit (audit_id, location_id, from_at, to_at, done_at, conversations, skipped, messages, twins, orphans, missing)
                VALUES (@auditId, @LocationId, @From, @To, now_ms(), @conversations, @skipped, @Messages, @twins, @orphans, @missing)
                """,
                new
                {
                    auditId,
                    task.LocationId,
                    audit.Window.From,
                    audit.Window.To,
                    conversations = (long)end.Conversations,
                    skipped = (long)end.Skipped.Count,
                    audit.Messages,
                    twins = (long)audit.Count(Finding.Twin),
                    orphans = (long)audit.Count(Finding.Orphan),
                    missing = (long)audit.Count(Finding.Missing),
                });
            await unit.ExecuteAsync(
                """
                INSERT INTO delivery_audit_finding (audit_id, number, location_id, kind, contact_id, conversation_id, turn_id, message_id, at)
                VALUES (@auditId, @number, @LocationId, @Kind, @ContactId, @ConversationId, @TurnId, @MessageId, @At)
                """,
                audit.Findings.Take(MostFindings).Select((one, index) =>
                    new { auditId, number = (long)index, task.LocationId, one.Kind, one.ContactId, one.ConversationId, one.TurnId, one.MessageId, one.At }).ToList());
            foreach (var (finding, alert) in Alerts.Where(pair => audit.Count(pair.Finding) > 0))
            {
                unit.Publish(new AlertRaised { LocationId = task.LocationId, Kind = alert, Count = audit.Count(finding), At = time.GetUtcNow() });
            }
            return await LocationTasks.FinishAsync(unit, task, next, audit.Window.To, isDone: end.IsWhole);
        },
        cancellation);
}
