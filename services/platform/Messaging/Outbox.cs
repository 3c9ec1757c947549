using System.Diagnostics;
using System.Text.Json;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>A message that was committed beside the rows it tells of.</summary>
internal sealed record OutboxRow
{
    /// <summary>Place in the line; 0 for rows that this process just committed.</summary>
    public long Id { get; init; }

    public required string MessageId { get; init; }

    public required string MessageType { get; init; }

    public required string Body { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>When this process committed it (<see cref="Stopwatch.GetTimestamp"/>); 0 for rows found by a sweep.</summary>
    public long CommittedAt { get; init; }

    /// <summary>When the transaction was over (<see cref="Stopwatch.GetTimestamp"/>); 0 for rows found by a sweep.</summary>
    public long StoredAt { get; init; }

    /// <summary>The message itself, where this process just committed it; null for rows found by a sweep, which are read from <see cref="Body"/>.</summary>
    public object? Message { get; init; }

    /// <summary>Stage that is reached when it is handed to the bus; null for rows found by a sweep, whose wait measures nothing.</summary>
    public string? Stage { get; init; }
}

/// <summary>The outbox table.</summary>
internal static class Outbox
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>A fresh row belongs to the process that committed it; longer than <see cref="Fresh"/> and <see cref="Patience"/> together.</summary>
    internal static readonly TimeSpan FirstClaim = TimeSpan.FromSeconds(10);

    /// <summary>How long a committed row may wait in memory before it is left to the sweep.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>How long one publish may take.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    public static IReadOnlyList<OutboxRow> Store(UnitOfWork unit)
    {
        if (unit.Messages.Count == 0)
        {
            return [];
        }
        var rows = unit.Messages.Select(published => new OutboxRow
        {
            MessageId = NewId.NextGuid().ToString(),
            MessageType = MessageTypes.NameOf(published.Message.GetType()),
            Body = JsonSerializer.Serialize(published.Message, published.Message.GetType(), Json),
            TraceParent = Activity.Current?.Id,
            CommittedAt = Stopwatch.GetTimestamp(),
            Message = published.Message,
            Stage = published.Stage,
        }).ToList();
        foreach (var row in rows)
        {
            unit.Add(
                """
                INSERT INTO outbox (message_id, message_type, body, trace_parent, created_at, claimed_until)
                VALUES (@MessageId, @MessageType, @Body, @TraceParent, now_ms(), now_ms() + @claim)
                """,
                new { row.MessageId, row.MessageType, row.Body, row.TraceParent, claim = (long)FirstClaim.TotalMilliseconds });
        }
        return rows;
    }

    /// <summary>Takes rows that nobody works on, oldest first, for half a minute.</summary>
    public static async Task<IReadOnlyList<OutboxRow>> ClaimAsync(UnitOfWork unit, int most)
    {
        var rows = await unit.QueryAsync<OutboxRow>(
            """
            UPDATE outbox SET claimed_until = now_ms() + 30000
            WHERE id IN (SELECT id FROM outbox WHERE published_at = 0 AND claimed_until < now_ms() ORDER BY id LIMIT @most {skip_locked})
            RETURNING id, message_id, message_type, body, trace_parent
            """,
            new { most });
        // What an update returns comes in any order.
        return [.. rows.OrderBy(row => row.Id)];
    }

    /// <summary>Forgets rows that the broker has; a transport that forgets on a restart keeps them for a while.</summary>
    public static Task<int> SettleAsync(UnitOfWork unit, IReadOnlyList<string> batch, bool durable) => unit.ExecuteAsync(
        durable ? "DELETE FROM outbox WHERE message_id IN @batch" : "UPDATE outbox SET published_at = now_ms() WHERE message_id IN @batch",
        new { batch });

    /// <summary>The broker failed at a row: it keeps its place in the line, unless it is the row itself that the broker cannot take.</summary>
    public static Task<int> StepBackAsync(UnitOfWork unit, string id, string error) => unit.ExecuteAsync(
        """
        UPDATE outbox SET attempts = attempts + 1, last_error = @error, claimed_until = CASE WHEN attempts < 5 THEN 0 ELSE now_ms() + 30000 END
        WHERE message_id = @id AND published_at = 0
        """,
        new { id, error });

    /// <summary>Puts a row off: 1 s doubled with each attempt, at most <paramref name="longest"/>.</summary>
    public static Task<int> PutOffAsync(UnitOfWork unit, string id, string error, TimeSpan first, TimeSpan longest) => unit.ExecuteAsync(
        """
        UPDATE outbox SET attempts = attempts + 1, last_error = @error, claimed_until = now_ms() +
          CASE WHEN attempts > 12 OR @first * (1 << CAST(attempts AS INTEGER)) > @longest THEN @longest ELSE @first * (1 << CAST(attempts AS INTEGER)) END
        WHERE message_id = @id
        """,
        new { id, error, first = (long)first.TotalMilliseconds, longest = (long)longest.TotalMilliseconds });

    /// <summary>Gives rows back at once, e.g. when this process stops.</summary>
    public static Task<int> ReleaseAsync(UnitOfWork unit, IReadOnlyList<string> batch) =>
        unit.ExecuteAsync("UPDATE outbox SET claimed_until = 0 WHERE message_id IN @batch AND published_at = 0", new { batch });

    /// <summary>Makes every row go out again: the last process took what it had published to its grave.</summary>
    public static Task<int> RingAgainAsync(UnitOfWork unit) => unit.ExecuteAsync("UPDATE outbox SET published_at = 0, claimed_until = 0");

    /// <summary>Removes what nobody needs any more.</summary>
    public static async Task<int> PurgeAsync(UnitOfWork unit)
    {
        var published = (long)TimeSpan.FromMinutes(2).TotalMilliseconds;
        var taken = (long)TimeSpan.FromDays(30).TotalMilliseconds;
        return await unit.ExecuteAsync("DELETE FROM outbox WHERE published_at > 0 AND published_at < now_ms() - @published", new { published })
            + await unit.ExecuteAsync("DELETE FROM inbox WHERE taken_at < now_ms() - @taken", new { taken });
    }
}
