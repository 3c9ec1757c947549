using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.WebhookGateway.DeliverReply;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.ReconcileDeliveries;

/// <summary>
/// Decides one unknown send by reading, never by posting: found is sent; not found on every read of the schedule is planned once more,
/// the second time held; not readable stays unknown.
/// </summary>
internal sealed class ReconcileReply(UnknownSends sends, ConversationReader conversation, IOptions<DeliveryOptions> options)
{
    private readonly DeliveryOptions _options = options.Value;

    public async Task RunAsync(DueReply due, CancellationToken cancellation)
    {
        if (await sends.FindAsync(due.Key, cancellation) is not { } reply)
        {
            return;
        }
        if (await sends.ObservedAsync(reply, cancellation) is { Count: > 0 } observed && await sends.SentAsync(reply, observed, cancellation))
        {
            DeliveryMetrics.Reconciled("observed");
            return;
        }
        if (await conversation.ReadAsync(reply, cancellation) is not { } messages)
        {
            await UnreadableAsync(reply, cancellation);
            return;
        }
        Failpoint.Hit("R1");
        switch (Match.Of(reply, messages))
        {
            case Match.Found found when await sends.SentAsync(reply, found.MessageIds, cancellation):
                DeliveryMetrics.Reconciled("listed");
                break;
            case Match.HumanWrote when IsLastRead(reply):
                await EndAsync(reply, ReplyState.Suppressed, "takeover", cancellation);
                break;
            case Match.Unclear when IsLastRead(reply):
                await EndAsync(reply, ReplyState.Held, Unconfirmed, cancellation);
                break;
            default:
                await MissingAsync(reply, cancellation);
                break;
        }
    }

    private const string Unconfirmed = "unconfirmed";

    private bool IsLastRead(Reply reply) => reply.Reads + 1 >= _options.Reads.Count;

    private async Task MissingAsync(Reply reply, CancellationToken cancellation)
    {
        if (!IsLastRead(reply))
        {
            var since = TimeSpan.FromMilliseconds(reply.Now - reply.BlockedSince);
            await sends.LaterAsync(reply, _options.Reads[(int)reply.Reads + 1] - since, counts: true, cancellation);
        }
        else if (reply.BlindPosts >= 2)
        {
            await EndAsync(reply, ReplyState.Held, Unconfirmed, cancellation);
        }
        else if (await sends.PlanAgainAsync(reply, cancellation))
        {
            DeliveryMetrics.Reconciled("missing");
        }
    }

    private async Task UnreadableAsync(Reply reply, CancellationToken cancellation)
    {
        var since = TimeSpan.FromMilliseconds(reply.Now - reply.BlockedSince);
        if (since > _options.TooOldAfter)
        {
            await EndAsync(reply, ReplyState.Held, Unconfirmed, cancellation);
            return;
        }
        await sends.LaterAsync(reply, Backoff.After(since, 1, 60), counts: false, cancellation);
    }

    private async Task EndAsync(Reply reply, ReplyState state, string reason, CancellationToken cancellation)
    {
        if (await sends.EndAsync(reply, state, reason, cancellation))
        {
            DeliveryMetrics.Reconciled(reason);
        }
    }
}
