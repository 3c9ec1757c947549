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
    public static Task<bool> TakeAsync(UnitOfWork unit, ConsumeContext context, string consumer) => TakeAsync(unit, IdOf(context), consumer);

    /// <summary>The same for what may be announced again in a message with another id, e.g. a lead's text that no turn has answered.</summary>
    /// <param name="unit">The transaction that also holds the effect.</param>
    /// <param name="id">Identity of what is told, at most 200 characters.</param>
    /// <param name="consumer">Name of the effect.</param>
    /// <returns>False when the effect was already taken.</returns>
    public static async Task<bool> TakeAsync(UnitOfWork unit, string id, string consumer) => await unit.ExecuteAsync(
        "INSERT INTO inbox (consumer, message_id, taken_at) VALUES (@consumer, @id, now_ms()) ON CONFLICT DO NOTHING",
        new { consumer, id }) == 1;

    /// <summary>Takes several messages in one question to the store.</summary>
    /// <param name="unit">The transaction that also holds their effects.</param>
    /// <param name="ids">Identities of what is told.</param>
    /// <param name="consumer">Name of the effect.</param>
    /// <returns>Those that were not taken before. Should another instance take one of them at this moment, the commit fails: try each alone.</returns>
    public static async Task<IReadOnlySet<string>> TakeAsync(UnitOfWork unit, IReadOnlyCollection<string> ids, string consumer)
    {
        var taken = await unit.QueryAsync<string>(
            "SELECT message_id FROM inbox WHERE consumer = @consumer AND message_id IN @ids", new { consumer, ids = ids.ToArray() });
        var free = ids.Except(taken, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (var id in free.Order(StringComparer.Ordinal))
        {
            unit.Add("INSERT INTO inbox (consumer, message_id, taken_at) VALUES (@consumer, @id, now_ms())", new { consumer, id });
        }
        return free;
    }

    /// <summary>The message's own id.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static string IdOf(ConsumeContext context) =>
        context.MessageId?.ToString() ?? throw new InvalidOperationException("A message without an id cannot be taken once.");
}
