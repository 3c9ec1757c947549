using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>Stores a dead letter once a failure; a message that fails again after a replay is open again.</summary>
internal sealed class RecordDeadLetter(GatewayDatabase database, ILogger<RecordDeadLetter> logger) : IDeadLetterSink
{
    public async Task KeepAsync(DeadLetter letter, CancellationToken cancellation)
    {
        var isNew = await database.WriteAsync(
            unit => unit.ExecuteAsync(
                """
                INSERT INTO dead_letter (letter_id, message_id, queue, message_type, location_id, failure_id, failure, attempts, content_type, raw,
                  first_failed_at, failed_at, updated_at)
                VALUES (@LetterId, @MessageId, @Queue, @MessageType, @LocationId, @FailureId, @Failure, @Attempts, @ContentType, @Body, @FailedAt, @FailedAt, now_ms())
                ON CONFLICT (message_id, queue) DO UPDATE SET status = 'open', failures = dead_letter.failures + 1, failure_id = excluded.failure_id,
                  failure = excluded.failure, attempts = excluded.attempts, failed_at = excluded.failed_at, updated_at = excluded.updated_at
                WHERE dead_letter.failure_id <> excluded.failure_id
                """,
                new
                {
                    LetterId = NewId.NextGuid().ToString(),
                    letter.MessageId, letter.Queue, letter.MessageType, letter.LocationId, letter.FailureId, letter.Failure, letter.Attempts,
                    letter.ContentType, letter.Body, letter.FailedAt,
                }),
            cancellation);
        if (isNew > 0)
        {
            ReplayMetrics.DeadLettered(letter.Queue, letter.Failure);
            logger.LogWarning("{MessageType} {MessageId} was given up in {Queue} after {Attempts} tries ({Error}); it is a dead letter now",
                letter.MessageType, letter.MessageId, letter.Queue, letter.Attempts, letter.Failure);
        }
    }
}
