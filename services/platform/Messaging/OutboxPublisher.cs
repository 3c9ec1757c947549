using System.Diagnostics;
using System.Text.Json;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Observability;
using MassTransit;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>How a publish ended.</summary>
internal enum PublishOutcome
{
    /// <summary>The broker has it.</summary>
    Confirmed,

    /// <summary>No queue is bound for it yet, e.g. its consumer was never deployed.</summary>
    Unroutable,

    /// <summary>This version of the product cannot read the row.</summary>
    Unreadable,

    /// <summary>The broker did not answer or refused.</summary>
    Failed,
}

/// <summary>Publishes one outbox row and says how it ended; never throws.</summary>
internal sealed class OutboxPublisher(IBus bus, PublishPulse pulse)
{
    public async Task<(PublishOutcome Outcome, string? Error)> PublishAsync(OutboxRow row)
    {
        if (Read(row) is not { } message)
        {
            return (PublishOutcome.Unreadable, "unreadable");
        }
        using var span = HubActivity.Source.StartActivity("outbox.publish", ActivityKind.Producer, row.TraceParent);
        // Its own clock and no stop token: what has begun may end, also while the process stops.
        using var patience = new CancellationTokenSource(Outbox.Patience);
        try
        {
            Failpoint.Hit("G5", row.MessageType);
            await bus.Publish(message, message.GetType(), context => Address(context, row), patience.Token).WaitAsync(patience.Token);
            pulse.Confirmed();
            return (PublishOutcome.Confirmed, null);
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            if (IsReturn(failure))
            {
                // The broker has looked at it.
                pulse.Confirmed();
                return (PublishOutcome.Unroutable, failure.GetType().Name);
            }
            pulse.Failed();
            return (PublishOutcome.Failed, failure.GetType().Name);
        }
    }

    private static void Address(PublishContext context, OutboxRow row)
    {
        context.MessageId = Guid.Parse(row.MessageId);
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            // Without it the broker confirms a message that no queue takes, and it is gone.
            rabbit.Mandatory = true;
        }
    }

    private static object? Read(OutboxRow row)
    {
        if (row.Message is { } message)
        {
            return message;
        }
        try
        {
            return MessageTypes.Find(row.MessageType) is { } type ? JsonSerializer.Deserialize(row.Body, type, Outbox.Json) : null;
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsReturn(Exception failure) =>
        failure is MessageReturnedException or RabbitMQ.Client.Exceptions.PublishException { IsReturn: true }
        || (failure.InnerException is { } cause && IsReturn(cause));
}
