using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>
/// The way of one reply: gate and claim, then one POST, then its outcome. Whatever needs the network (token, contact) is fetched before
/// the claim that uses it. Called by the command's consumer and by the sweep; the claim lets one of them through.
/// </summary>
internal sealed class SendOnce(
    ILocations locations, Tokens tokens, ContactMirror mirror, ReplyClaim claims, ReplyPost post, IOptions<DeliveryOptions> options)
{
    public async Task RunAsync(DueReply due, SendReply? command, CancellationToken cancellation)
    {
        var renewed = false;
        var asked = false;
        while (true)
        {
            var location = await locations.FindAsync(due.LocationId, cancellation);
            var token = location is { Active: true }
                ? await tokens.AccessAsync(due.LocationId, cancellation)
                : TokensAnswer.Not("no_token");
            Failpoint.Hit("S1");
            var claim = await claims.TryAsync(due, command, location, token.Value is null ? token.Reason : null, mayAsk: !asked, cancellation);
            if (claim is Claim.ContactUnknown)
            {
                // Mostly the mirror is fresh since the lead wrote. What GHL cannot say, the gate takes as unknown. A read that a reply waits
                // for is part of the reply and may use its reserve.
                await mirror.FreshAsync(due.LocationId, due.ContactId, options.Value.ContactMaxAge, cancellation, DrawFor.Reply);
                (asked, command) = (true, null);
                continue;
            }
            if (claim is not Claim.Won won)
            {
                return;
            }
            Failpoint.Hit("S2");
            // From here on nothing is cancelled: a claim that is not carried through costs a reconciliation.
            var isRefused = await post.SendAsync(won, token.Value!) == PostEnd.TokenRefused;
            if (!isRefused || renewed || !await tokens.RenewAsync(due.LocationId, token.Value!, CancellationToken.None))
            {
                return;
            }
            renewed = true;
            command = null;
        }
    }
}
