using System.Text.Json.Nodes;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

/// <summary>A request as the fake GHL received it.</summary>
internal sealed record SeenRequest
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public required IReadOnlyDictionary<string, string> Query { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required string ContentType { get; init; }

    public required string Body { get; init; }

    public JsonNode Json => JsonNode.Parse(Body)!;

    public IReadOnlyDictionary<string, string> Form => Body.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
}

/// <summary>An answer of the fake GHL.</summary>
internal sealed record Answer(int Status, object? Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Answer Error(int status, string message) => new(status, new { statusCode = status, message, traceId = "trace-1" });

    /// <summary>Not JSON.</summary>
    public static readonly Answer Garbage = new(200, "<html>");
}
