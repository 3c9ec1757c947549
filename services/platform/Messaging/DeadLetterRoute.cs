using MassTransit;
using MassTransit.Middleware;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>
/// Where failed messages go: to one endpoint instead of one error queue for each consumer, which nobody reads. Exception texts stay
/// behind, because a driver may quote values in them. If the endpoint cannot be reached, the consumer's own error queue has the message.
/// </summary>
internal static class DeadLetterRoute
{
    public const string Queue = "webhook-gateway-dead-letters";
    public const string FailureIdHeader = "Hub-Failure-Id";
    public const string QueueHeader = "Hub-Queue";
    public const string FailureHeader = "Hub-Failure";
    public const string AttemptsHeader = "Hub-Attempts";
    public const string FailedAtHeader = "Hub-Failed-At";
    public const string Skipped = "skipped";
    private static readonly Uri Address = new($"exchange:{Queue}");

    public static void Configure(IReceiveEndpointConfigurator endpoint, TimeProvider time)
    {
        endpoint.ConfigureError(error =>
        {
            // Who waits for an answer is told.
            error.UseFilter(new GenerateFaultFilter());
            error.UseFilter(new ForwardFailed(time));
        });
        endpoint.ConfigureDeadLetter(skipped => skipped.UseFilter(new ForwardSkipped(time)));
    }

    private static async Task<bool> TrySendAsync(ReceiveContext context, string failure, long attempts, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(Outbox.Patience);
        try
        {
            var endpoint = await context.SendEndpointProvider.GetSendEndpoint(Address).WaitAsync(patience.Token);
            await endpoint.Send(
                new RawMessage(),
                Pipe.Execute<SendContext<RawMessage>>(send =>
                {
                    RawMessages.Write(send, context.GetMessageId(), context.ContentType, context.Body);
                    send.Headers.Set(FailureIdHeader, NewId.NextGuid().ToString());
                    send.Headers.Set(QueueHeader, QueueOf(context.InputAddress));
                    send.Headers.Set(FailureHeader, failure);
                    send.Headers.Set(AttemptsHeader, attempts.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    send.Headers.Set(FailedAtHeader, time.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
                }),
                patience.Token).WaitAsync(patience.Token);
            return true;
        }
        catch (Exception unreachable)
        {
            LogContext.Warning?.Log("A failed message of {Queue} could not be sent to the dead letters ({Error}); its error queue has it",
                QueueOf(context.InputAddress), unreachable.GetType().Name);
            return false;
        }
    }

    private static string QueueOf(Uri address) => Uri.UnescapeDataString(address.Segments[^1]);

    private sealed class ForwardFailed(TimeProvider time) : IFilter<ExceptionReceiveContext>
    {
        private readonly IFilter<ExceptionReceiveContext> _errorQueue = new ErrorTransportFilter();

        public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
        {
            var attempts = context.TryGetPayload<RetryContext>(out var retry) ? retry.RetryCount + 1 : 1;
            if (!await TrySendAsync(context, context.Exception.GetBaseException().GetType().Name, attempts, time))
            {
                await _errorQueue.Send(context, next);
            }
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("dead-letter");
    }

    private sealed class ForwardSkipped(TimeProvider time) : IFilter<ReceiveContext>
    {
        private readonly IFilter<ReceiveContext> _skippedQueue = new DeadLetterTransportFilter();

        public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
        {
            if (!await TrySendAsync(context, Skipped, 1, time))
            {
                await _skippedQueue.Send(context, next);
            }
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("dead-letter");
    }
}
