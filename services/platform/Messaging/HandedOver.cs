using MassTransit;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>When a message was handed to the bus.</summary>
public static class HandedOver
{
    /// <summary>UTC, by the sender's clock; null where the message does not say.</summary>
    public static DateTimeOffset? HandedOverAt(this MessageContext context) =>
        context.SentTime is { } sent ? new DateTimeOffset(DateTime.SpecifyKind(sent, DateTimeKind.Utc)) : null;
}
