using EnterpriseHub.WebhookGateway.ConnectLocation;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>Calls for one location: with its token, within its budget, and once more after a 401 brought a new token.</summary>
internal sealed class LocationApi(GhlClient client, Tokens tokens, RateBudget budget)
{
    /// <summary>Asks GHL; our own limit answers <see cref="GhlOutcome.RateLimited"/> instead of sleeping.</summary>
    public async Task<GhlResult<T>> CallAsync<T>(string locationId, GhlCall<T> call, DrawFor who, CancellationToken cancellation)
        where T : class
    {
        var draw = await budget.DrawAsync(locationId, who, cancellation);
        return draw.Granted ? await CallDrawnAsync(locationId, call, draw, cancellation) : GhlResult<T>.RateLimited(draw.Wait);
    }

    /// <summary>Asks GHL with a call that the caller drew already.</summary>
    public async Task<GhlResult<T>> CallDrawnAsync<T>(string locationId, GhlCall<T> call, RateDraw draw, CancellationToken cancellation)
        where T : class
    {
        var token = await tokens.AccessAsync(locationId, cancellation);
        if (token.Value is null)
        {
            return GhlResult<T>.Not(GhlOutcome.NotSent, token.Reason);
        }
        var result = await OnceAsync(locationId, call, draw, token.Value, cancellation);
        if (result.Outcome != GhlOutcome.Unauthorized || !await tokens.RenewAsync(locationId, token.Value, cancellation))
        {
            return result;
        }
        var renewed = await tokens.AccessAsync(locationId, cancellation);
        return renewed.Value is null ? result : await OnceAsync(locationId, call, draw, renewed.Value, cancellation);
    }

    private async Task<GhlResult<T>> OnceAsync<T>(string locationId, GhlCall<T> call, RateDraw draw, string token, CancellationToken cancellation)
        where T : class
    {
        var reply = await client.CallAsync(call, token, cancellation);
        await budget.ObserveAsync(locationId, draw, reply.Rate, CancellationToken.None);
        return reply.Result;
    }
}
