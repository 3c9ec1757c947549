using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>Sends a message that was on the bus before, byte for byte.</summary>
public sealed class RawMessages(IBus bus)
{
    /// <summary>Content type of the bus's own envelope.</summary>
    public const string Envelope = "application/vnd.masstransit+json";

    /// <summary>Sends to one queue and waits until the broker has it.</summary>
    /// <param name="queue">Name of the queue.</param>
    /// <param name="messageId">The message's own id: consumers that took it already know it. Null where it had none.</param>
    /// <param name="contentType">Content type of the body.</param>
    /// <param name="body">The bytes.</param>
    /// <exception cref="MessageReturnedException">No such queue (only where the transport can tell).</exception>
    public async Task SendAsync(string queue, Guid? messageId, string contentType, byte[] body)
    {
        // What has begun may end, also while the process stops.
        using var patience = new CancellationTokenSource(Outbox.Patience);
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{queue}")).WaitAsync(patience.Token);
        await endpoint.Send(
            new RawMessage(),
            Pipe.Execute<SendContext<RawMessage>>(send => Write(send, messageId, new ContentType(contentType), new BytesMessageBody(body))),
            patience.Token).WaitAsync(patience.Token);
    }

    internal static void Write(SendContext send, Guid? messageId, ContentType? contentType, MessageBody body)
    {
        send.MessageId = messageId ?? send.MessageId;
        send.Serializer = new CopyBodySerializer(contentType ?? new ContentType(Envelope), body);
        if (send.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            // Without it the broker confirms a message that no queue takes, and it is gone.
            rabbit.Mandatory = true;
        }
    }
}

/// <summary>Stands for a message whose type does not matter.</summary>
internal sealed record RawMessage;
