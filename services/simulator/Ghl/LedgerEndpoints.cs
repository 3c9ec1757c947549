using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>Reads and clears the ledger.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sim/ghl/ledger", (GhlLedger ledger, long after = 0, int limit = 1000, string? locationId = null, string? kind = null) =>
        {
            var found = ledger.Read(after, Math.Clamp(limit, 1, 50_000), locationId, kind);
            return Results.Bytes(JsonText.Object(found, static (writer, given) => Write(writer, given.Page, given.Next)), "application/json");
        });
        routes.MapGet("/sim/ghl/ledger/summary", (GhlLedger ledger) => Results.Json(ledger.Summarise(), JsonText.Control));
        routes.MapDelete("/sim/ghl/ledger", (GhlLedger ledger) =>
        {
            ledger.Clear();
            return Results.NoContent();
        });
    }

    private static void Write(Utf8JsonWriter writer, List<LedgerEntry> page, long next)
    {
        writer.WriteStartArray("entries");
        foreach (var entry in page)
        {
            writer.WriteStartObject();
            writer.WriteNumber("seq", entry.Seq);
            writer.WriteNumber("at", entry.At);
            writer.WriteString("kind", entry.Kind);
            writer.WriteString("method", entry.Method);
            writer.WriteString("path", entry.Path);
            writer.WriteString("locationId", entry.LocationId);
            writer.WriteString("contactId", entry.ContactId);
            writer.WriteString("conversationId", entry.ConversationId);
            writer.WritePropertyName("body");
            WriteBody(writer, entry.Body);
            writer.WriteNumber("status", entry.Status);
            writer.WriteString("messageId", entry.MessageId);
            writer.WriteBoolean("saved", entry.Saved);
            if (entry.AnsweredAt is { } answered)
            {
                writer.WriteNumber("answeredAt", answered);
            }
            else
            {
                writer.WriteNull("answeredAt");
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("next", next);
    }

    private static void WriteBody(Utf8JsonWriter writer, byte[]? body)
    {
        if (body is null)
        {
            writer.WriteNullValue();
            return;
        }
        // Only bodies that parsed are kept as JSON; what did not parse is shown as a string.
        try
        {
            writer.WriteRawValue(body);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(System.Text.Encoding.UTF8.GetString(body));
        }
    }
}
