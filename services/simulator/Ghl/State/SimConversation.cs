namespace EnterpriseHub.Simulator.Ghl.State;

/// <summary>The thread of one contact.</summary>
internal sealed class SimConversation
{
    public required string Id { get; init; }

    public required string ContactId { get; init; }

    public required string LocationId { get; init; }

    public required DateTimeOffset DateAdded { get; init; }

    /// <summary>Oldest first; bounded by the store.</summary>
    public List<SimMessage> Messages { get; } = [];

    public int Unread { get; set; }

    public SimMessage? Last => Messages.Count == 0 ? null : Messages[^1];
}

/// <summary>One message, inbound or outbound.</summary>
internal sealed record SimMessage
{
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    public required string ContactId { get; init; }

    public required string LocationId { get; init; }

    public required string Direction { get; init; }

    public required MessageChannel Channel { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset DateAdded { get; init; }

    public string Status { get; init; } = "delivered";

    public string? Source { get; init; }
}

/// <summary>Names and numbers of a channel in GHL.</summary>
/// <param name="Type">In the send request.</param>
/// <param name="TypeName"><c>messageType</c> of an answer.</param>
/// <param name="Number"><c>type</c> of an answer.</param>
/// <param name="Dnd">Key in <c>dndSettings</c>.</param>
internal sealed record MessageChannel(string Type, string TypeName, int Number, string Dnd)
{
    public static readonly MessageChannel Sms = new("SMS", "TYPE_SMS", 2, "SMS");

    public static readonly IReadOnlyDictionary<string, MessageChannel> All = new MessageChannel[]
    {
        Sms,
        new("RCS", "TYPE_RCS", 2, "RCS"),
        new("Email", "TYPE_EMAIL", 3, "Email"),
        new("WhatsApp", "TYPE_WHATSAPP", 19, "WhatsApp"),
        new("IG", "TYPE_INSTAGRAM", 18, "IG"),
        new("FB", "TYPE_FACEBOOK", 11, "FB"),
        new("Custom", "TYPE_CUSTOM_SMS", 20, "Custom"),
        new("Live_Chat", "TYPE_LIVE_CHAT", 29, "Live_Chat"),
        new("TIKTOK", "TYPE_TIKTOK", 37, "TIKTOK"),
    }.ToDictionary(channel => channel.Type);
}
