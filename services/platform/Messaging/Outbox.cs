using System.Diagnostics;
using System.Text.Json;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>A message that was committed beside the rows it tells of.</summary>
internal sealed record OutboxRow(string MessageId, string MessageType, string Body, string? TraceParent);

internal static class Outbox
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<IReadOnlyList<OutboxRow>> StoreAsync(UnitOfWork unit)
    {
        var rows = unit.Messages.Select(message => new OutboxRow(
            NewId.NextGuid().ToString(),
            MessageTypes.NameOf(message.GetType()),
            JsonSerializer.Serialize(message, message.GetType(), Json),
            Activity.Current?.Id)).ToList();
        foreach (var row in rows)
        {
            await unit.ExecuteAsync(
                // Claimed by this process for 10 s: the sweeper leaves it alone until the relay had its chance.
                """
                INSERT INTO outbox (message_id, message_type, body, trace_parent, created_at, claimed_until)
                VALUES (@MessageId, @MessageType, @Body, @TraceParent, now_ms(), now_ms() + 10000)
                """,
                row);
        }
        return rows;
    }
}
