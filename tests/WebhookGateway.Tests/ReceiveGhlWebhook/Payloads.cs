using System.Text.Json.Nodes;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>Fixtures as nodes, made fresh: ids of their own, now instead of the day they were written.</summary>
internal static class Payloads
{
    public const string Location = "aB3dE5fG7hJ9kL1mN2pQ";

    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(Payloads).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static JsonObject Fixture(string name, string locationId)
    {
        using var reader = new StreamReader(typeof(Payloads).Assembly.GetManifestResourceStream(name)!);
        return JsonNode.Parse(reader.ReadToEnd().Replace(Location, locationId, StringComparison.Ordinal))!.AsObject();
    }

    public static JsonObject Text(string locationId, string text, string contact = "c1", DateTimeOffset? sentAt = null)
    {
        var message = Fixture("InboundMessage.json", locationId);
        message["body"] = text;
        message["contactId"] = contact;
        message["conversationId"] = $"v-{contact}";
        message["messageId"] = $"m-{Guid.CreateVersion7():N}";
        return Fresh(message, sentAt);
    }

    public static JsonObject Outbound(string locationId, string text, string contact, string source, string? user)
    {
        var message = Fixture("OutboundMessage.json", locationId);
        message["body"] = text;
        message["contactId"] = contact;
        message["conversationId"] = $"v-{contact}";
        message["messageId"] = $"m-{Guid.CreateVersion7():N}";
        message["source"] = source;
        message["userId"] = user;
        return Fresh(message);
    }

    public static JsonObject Fresh(JsonObject payload, DateTimeOffset? at = null)
    {
        var time = (at ?? DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
        payload["timestamp"] = time;
        if (payload.ContainsKey("dateAdded"))
        {
            payload["dateAdded"] = time;
        }
        payload["webhookId"] = Guid.CreateVersion7().ToString();
        return payload;
    }
}
