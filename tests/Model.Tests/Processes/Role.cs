using EnterpriseHub.AiOrchestrator.RecordThread;
using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.RingAgain;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using EnterpriseHub.WebhookGateway.ReconcileDeliveries;
using EnterpriseHub.WebhookGateway.RelayOutbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Model.Tests.Processes;

/// <summary>What a process of a kind does by itself: what it consumes and what it sweeps.</summary>
internal sealed record Role(string Name, IReadOnlyList<Consumer> Consumers, IReadOnlyList<Sweep> Sweeps)
{
    public static readonly Role Gateway = new(
        "gw",
        [
            Consumer.Of<DeliverReplyConsumer, SendReply>(),
            Consumer.Of<SettleInboundMessagesConsumer, TurnDecided>(),
            Consumer.Of<RefreshContactConsumer, InboundMessageAccepted>(),
        ],
        [
            new Sweep("due replies", async (services, begin) =>
            {
                var send = services.GetRequiredService<SendOnce>();
                foreach (var due in await services.GetRequiredService<DeliverDueReplies>().DueAsync(CancellationToken.None))
                {
                    begin($"deliver {due.TurnId}", due.TurnId, () => send.RunAsync(due, null, CancellationToken.None));
                }
            }),
            new Sweep("unknown sends", async (services, begin) =>
            {
                var options = services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
                var sends = services.GetRequiredService<UnknownSends>();
                var reconcile = services.GetRequiredService<ReconcileReply>();
                await sends.ExpireAsync(options.SendingTimeout, options.Reads[0], CancellationToken.None);
                foreach (var due in await sends.DueAsync(CancellationToken.None))
                {
                    begin($"reconcile {due.TurnId}", null, () => reconcile.RunAsync(due, CancellationToken.None));
                }
            }),
            new Sweep("ring again", (services, _) => services.GetRequiredService<RingAgain>().SweepAsync(CancellationToken.None)),
        ]);

    public static readonly Role Orchestrator = new(
        "or",
        [
            Consumer.Of<ReplyToMessageConsumer, InboundMessageAccepted>(),
            Consumer.Of<RecordDeliveryConsumer, ReplySettled>(),
            Consumer.Of<RecordOptOutConsumer, OptOutRecorded>(),
            Consumer.Of<RecordOutboundConsumer, OutboundMessageObserved>(),
        ],
        [
            new Sweep("due conversations", async (services, begin) =>
            {
                var turns = services.GetRequiredService<ConversationTurns>();
                foreach (var key in await ActivatorUtilities.CreateInstance<RingDueConversations>(services).DueAsync(CancellationToken.None))
                {
                    begin($"take up {key.ConversationId}", null, () => turns.RunAsync(key, CancellationToken.None));
                }
            }),
            new Sweep("pending replies", (services, _) =>
                ActivatorUtilities.CreateInstance<RingPendingReplies>(services).SweepAsync(CancellationToken.None)),
        ]);
}
