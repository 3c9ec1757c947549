using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>Makes an effect happen once however often its message arrives: the message id is stored in the effect's own transaction.</summary>
public static class Inbox
{
    /// <summary>Takes a message for a consumer.</summary>
    /// <param name="unit">The transaction that also holds the effect.</param>
    /// <param name="context">The message.</param>
    /// <param name="consumer">Name of the effect, e.g. <c>record-metrics</c>.</param>
    /// <returns>False when the effect was already taken.</returns>
    public static async Task<bool> TakeAsync(UnitOfWork unit, ConsumeContext context, string consumer)
    {
        var id = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be taken once.");
        return await unit.ExecuteAsync(
            "INSERT INTO inbox (consumer, message_id, taken_at) VALUES (@consumer, @id, now_ms()) ON CONFLICT DO NOTHING",
            new { consumer, id = id.ToString() }) == 1;
    }
}
