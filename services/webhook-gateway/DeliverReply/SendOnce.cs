using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>
/// The way of one reply: gate and claim, then one POST, then its outcome. Whatever needs the network (token, contact) is fetched before
/// the claim. Called by the command's consumer and by the sweep; the claim lets one of them through.
/// </summary>
internal sealed class SendOnce(
    ILocations locations, Tokens tokens, ContactMirror mirror, ReplyClaim claims, ReplyPost post, IOptions<DeliveryOptions> options)
{
    public async Task RunAsync(DueReply due, SendReply? command, CancellationToken cancellation)
    {
        var refreshed = false;
        var renewed = false;
        while (true)
        {
            var location = await locations.FindAsync(due.LocationId, cancellation);
            var token = location is { Active: true }
                ? await tokens.AccessAsync(due.LocationId, cancellation)
                : TokensAnswer.Not("no_token");
            switch (await claims.TryAsync(due, command, location, token.Value is null ? token.Reason : null, cancellation))
            {
                case Claim.Waits { Reason: SendGate.ContactUnknown } when !refreshed:
                    refreshed = true;
                    if (await mirror.FreshAsync(due.LocationId, due.ContactId, options.Value.ContactMaxAge, cancellation) is null)
                    {
                        return;
                    }
                    break;
                case Claim.Won won:
                    // From here on nothing is cancelled: a claim that is not carried through costs a reconciliation.
                    var isRefused = await post.SendAsync(won, token.Value!) == PostEnd.TokenRefused;
                    if (!isRefused || renewed || !await tokens.RenewAsync(due.LocationId, token.Value!, CancellationToken.None))
                    {
                        return;
                    }
                    renewed = true;
                    break;
                default:
                    return;
            }
            command = null;
        }
    }
}
