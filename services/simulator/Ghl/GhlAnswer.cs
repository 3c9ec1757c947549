using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>What the simulated GHL says to one call.</summary>
internal sealed record GhlAnswer(int Status, byte[] Body)
{
    public string? MessageId { get; init; }

    public string? Redirect { get; init; }

    public static GhlAnswer Ok(byte[] body) => new(200, body);

    public static GhlAnswer Created(byte[] body) => new(201, body);

    public static GhlAnswer Error(int status, string message) => new(status, JsonText.Object((status, message), static (writer, given) =>
    {
        writer.WriteNumber("statusCode", given.status);
        writer.WriteString("message", given.message);
        if (Name(given.status) is { } name)
        {
            writer.WriteString("error", name);
        }
        writer.WriteString("traceId", SimIds.Uuid());
    }));

    /// <summary>422 with a list of complaints.</summary>
    public static GhlAnswer Unprocessable(params IReadOnlyList<string> messages) => new(422, JsonText.Object(messages, static (writer, all) =>
    {
        writer.WriteNumber("statusCode", 422);
        writer.WriteStartArray("message");
        foreach (var message in all)
        {
            writer.WriteStringValue(message);
        }
        writer.WriteEndArray();
        writer.WriteString("error", "Unprocessable Entity");
        writer.WriteString("traceId", SimIds.Uuid());
    }));

    /// <summary>Their spelling.</summary>
    public static readonly byte[] Succeded = """{"succeded":true}"""u8.ToArray();

    private static string? Name(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        _ => null,
    };
}
