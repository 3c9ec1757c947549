using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>
/// Sends one dead letter to its queue again, as it was and with its own id: a consumer that had taken it already knows it.
/// A crash between the sending and the mark sends it once more, which the same rule covers.
/// </summary>
internal sealed class ReplayDeadLetter(GatewayDatabase database, RawMessages messages)
{
    /// <returns>How it ended; null when another process ended it.</returns>
    public async Task<ReplayOutcome?> RunAsync(ReplayItem item, CancellationToken cancellation)
    {
        var letter = await database.ReadAsync(
            session => session.FirstOrDefaultAsync<Letter>(
                "SELECT message_id, queue, status, failure_id, content_type, raw FROM dead_letter WHERE letter_id = @ItemId AND location_id = @LocationId",
                new { item.ItemId, item.LocationId }),
            cancellation);
        var outcome = letter is null ? ReplayOutcome.NotFound : letter.Status == "open" ? ReplayOutcome.Sent : ReplayOutcome.Still($"already_{letter.Status}");
        if (outcome == ReplayOutcome.Sent)
        {
            await messages.SendAsync(letter!.Queue, Guid.TryParse(letter.MessageId, out var id) ? id : null, letter.ContentType, letter.Raw);
        }
        var ended = await database.TryWriteAsync(
            async unit =>
            {
                if (outcome == ReplayOutcome.Sent)
                {
                    // Not if it has failed again meanwhile: then it is open.
                    await unit.ExecuteAsync(
                        "UPDATE dead_letter SET status = 'replayed', updated_at = now_ms() WHERE letter_id = @ItemId AND failure_id = @FailureId AND status = 'open'",
                        new { item.ItemId, letter!.FailureId });
                }
                return await item.EndAsync(unit, outcome);
            },
            CancellationToken.None);
        return ended ? outcome : null;
    }

    private sealed record Letter
    {
        public required string MessageId { get; init; }

        public required string Queue { get; init; }

        public required string Status { get; init; }

        public required string FailureId { get; init; }

        public required string ContentType { get; init; }

        public required byte[] Raw { get; init; }
    }
}
