using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.WebhookGateway.GhlApi;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>
/// Renews an OAuth pair. GHL's refresh tokens are single use, so one process renews under a lease in the row and the others wait for
/// the new version. The new pair is stored before anyone uses it.
/// </summary>
internal sealed class TokensRenewal(TokensTable table, GhlClient client, IOptions<GhlOptions> options, TimeProvider time)
{
    // Longer than the longest call (15 s), so that two holders never overlap.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // GHL answers a repeated refresh within 30 s with the same pair: an answer that was lost may be asked for again soon.
    private static readonly TimeSpan PauseAfterUnknown = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterOurFault = TimeSpan.FromMinutes(1);

    public async Task<TokensAnswer> RenewAsync(TokensRow row, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Patience)
        {
            if (await table.TakeLeaseAsync(row, Lease, cancellation))
            {
                return await RenewUnderLeaseAsync(row);
            }
            await Task.Delay(LookAgain, time, cancellation);
            var current = await table.FindAsync(row.LocationId, cancellation);
            if (current is null || current.NeedsReconnect != 0)
            {
                return TokensAnswer.Not("needs_reconnect");
            }
            if (current.Version != row.Version)
            {
                return new(table.Access(current), "ok");
            }
        }
        return TokensAnswer.Not("token_unavailable");
    }

    /// <summary>Not cancelled by its caller: a refresh token that was used up must not be lost half way.</summary>
    private async Task<TokensAnswer> RenewUnderLeaseAsync(TokensRow row)
    {
        var asked = await AskAsync(row);
        Failpoint.Hit("T1");
        switch (asked.Outcome)
        {
            case GhlOutcome.Ok:
                return await table.RenewedAsync(row, asked.Value!, CancellationToken.None)
                    ? new(asked.Value!.AccessToken, "ok")
                    : TokensAnswer.Not("token_unavailable");
            case GhlOutcome.Refused:
                await table.GiveUpAsync(row, CancellationToken.None);
                return TokensAnswer.Not("needs_reconnect");
            default:
                // 401 of the token endpoint means our client id or secret: no location is to blame.
                var pause = asked.Outcome == GhlOutcome.Unauthorized ? PauseAfterOurFault
                    : asked.Outcome == GhlOutcome.RateLimited ? asked.RetryAfter
                    : PauseAfterUnknown;
                await table.PauseAsync(row, pause, CancellationToken.None);
                return TokensAnswer.Not("token_unavailable");
        }
    }

    private async Task<GhlResult<TokenGrant>> AskAsync(TokensRow row)
    {
        var refresh = table.Refresh(row);
        if (refresh.Length > 0)
        {
            return (await client.CallAsync(TokenCalls.Refresh(options.Value, refresh, row.OfCompany), null, CancellationToken.None)).Result;
        }
        var agency = await table.FindAsync(TokensRow.CompanyPrefix + row.CompanyId, CancellationToken.None);
        if (agency is null || agency.NeedsReconnect != 0)
        {
            return GhlResult<TokenGrant>.Not(GhlOutcome.Refused, "needs_reconnect");
        }
        var token = agency.ExpiresAt - agency.Now > 60_000
            ? new TokensAnswer(table.Access(agency), "ok")
            : await RenewAsync(agency, CancellationToken.None);
        return token.Value is null
            ? GhlResult<TokenGrant>.Not(token.Reason == "needs_reconnect" ? GhlOutcome.Refused : GhlOutcome.Unknown, token.Reason)
            : (await client.CallAsync(TokenCalls.ForLocation(row.CompanyId!, row.LocationId), token.Value, CancellationToken.None)).Result;
    }
}
