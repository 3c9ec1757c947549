using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.ReviewLocations;

/// <summary>Calls that nobody waits for: they leave half of the location's rate alone and wait for their turn.</summary>
internal sealed class BackgroundCalls(LocationApi api, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Asks until there is an answer; gives up at a wait that is longer than half a minute (a daily limit).</summary>
    public async Task<GhlResult<T>> AskAsync<T>(string locationId, GhlCall<T> call, CancellationToken cancellation)
        where T : class
    {
        for (var waits = 0; ; waits++)
        {
            var result = await api.CallAsync(locationId, call, DrawFor.Review, cancellation);
            if (result.Outcome != GhlOutcome.RateLimited || result.RetryAfter > LongestWait || waits >= 20)
            {
                return result;
            }
            // A little later than told, so that the block is surely over.
            await Task.Delay(result.RetryAfter + TimeSpan.FromMilliseconds(50), time, cancellation);
        }
    }
}
