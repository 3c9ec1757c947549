using System.Data.Common;
using EnterpriseHub.WebhookGateway.Storage;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>
/// After a STOP is committed no new send can be claimed; one that was claimed before may still be on its way. The webhook is answered
/// when it is over, so that nothing goes out after the answer.
/// </summary>
internal sealed class SendsInFlight(GatewayDatabase database, TimeProvider time, ILogger<SendsInFlight> logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <returns>False when one is still running, or nobody can tell.</returns>
    public async Task<bool> WaitAsync(string locationId, string contactId, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        try
        {
            while (await AnyAsync(locationId, contactId, cancellation))
            {
                if (time.GetElapsedTime(began) > Longest)
                {
                    logger.LogWarning("A send to contact {ContactId} of {LocationId} is still running: its STOP counts, and is not acknowledged yet", contactId, locationId);
                    return false;
                }
                await Task.Delay(Between, time, cancellation);
            }
            return true;
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException)
        {
            logger.LogWarning("Sends in flight could not be read ({Error})", failure.GetType().Name);
            return false;
        }
    }

    private Task<bool> AnyAsync(string locationId, string contactId, CancellationToken cancellation) => database.ReadAsync(
        async session => await session.FirstOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM outbound_message WHERE location_id = @locationId AND contact_id = @contactId AND state = 'sending'",
            new { locationId, contactId }) > 0,
        cancellation);
}
