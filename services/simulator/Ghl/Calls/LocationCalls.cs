using System.Text.Json;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl.Calls;

/// <summary>What a location looks like; every location looks the same but for its id.</summary>
internal static class LocationCalls
{
    private static readonly (string Key, string Name, string Type)[] Fields =
    [
        ("lead_score", "Lead score", "NUMERICAL"),
        ("lead_temperature", "Lead temperature", "TEXT"),
        ("seller_motivation", "Seller motivation", "LARGE_TEXT"),
        ("timeline", "Timeline", "TEXT"),
        ("property_condition", "Property condition", "TEXT"),
        ("price_expectation", "Price expectation", "MONETORY"),
        ("property_address", "Property address", "TEXT"),
        ("budget", "Budget", "MONETORY"),
        ("preferred_area", "Preferred area", "TEXT"),
        ("bedrooms", "Bedrooms", "NUMERICAL"),
        ("financing", "Financing", "TEXT"),
        ("qualification_status", "Qualification status", "TEXT"),
    ];

    private static readonly string[] Tags = ["needs qualifying", "hot lead", "warm lead", "cold lead", "ai-off", "stop-bot", "seller", "buyer"];
    private static readonly string[] Workflows = ["Notify agent", "Hot seller", "Hot buyer", "Nurture"];

    public static GhlAnswer Get(GhlCall call) => Own(call, static (writer, id) =>
    {
        writer.WriteStartObject("location");
        writer.WriteString("id", id);
        writer.WriteString("companyId", GhlTokens.Company);
        writer.WriteString("name", "Simulated " + id);
        writer.WriteString("address", "1 Main St");
        writer.WriteString("city", "Rancho Cucamonga");
        writer.WriteString("state", "CA");
        writer.WriteString("country", "US");
        writer.WriteString("postalCode", "91730");
        writer.WriteString("timezone", "America/Los_Angeles");
        writer.WriteString("email", "office@example.com");
        writer.WriteString("phone", State.MadeUpPeople.OfficePhone(id));
        writer.WriteEndObject();
    });

    public static GhlAnswer CustomFields(GhlCall call) => Own(call, static (writer, id) =>
    {
        writer.WriteStartArray("customFields");
        foreach (var (index, field) in Fields.Index())
        {
            writer.WriteStartObject();
            writer.WriteString("id", "cf-" + field.Key);
            writer.WriteString("name", field.Name);
            writer.WriteString("fieldKey", "contact." + field.Key);
            writer.WriteString("dataType", field.Type);
            writer.WriteNumber("position", index);
            writer.WriteString("locationId", id);
            writer.WriteString("model", "contact");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    public static GhlAnswer TagList(GhlCall call) => Own(call, static (writer, id) =>
    {
        writer.WriteStartArray("tags");
        foreach (var tag in Tags)
        {
            writer.WriteStartObject();
            writer.WriteString("name", tag);
            writer.WriteString("locationId", id);
            writer.WriteString("id", "tag-" + tag.Replace(' ', '-'));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    public static GhlAnswer WorkflowList(GhlCall call)
    {
        if (call.Query("locationId") is not { } locationId)
        {
            return GhlAnswer.Unprocessable("locationId should not be empty");
        }
        return call.NamesOtherLocation(locationId) ? GhlCall.OtherLocation : Show(locationId, static (writer, id) =>
        {
            writer.WriteStartArray("workflows");
            foreach (var name in Workflows)
            {
                writer.WriteStartObject();
                writer.WriteString("id", "wf-" + name.ToLowerInvariant().Replace(' ', '-'));
                writer.WriteString("name", name);
                writer.WriteString("status", "published");
                writer.WriteNumber("version", 1);
                writer.WriteString("createdAt", "2026-01-01T00:00:00.000Z");
                writer.WriteString("updatedAt", "2026-01-01T00:00:00.000Z");
                writer.WriteString("locationId", id);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static GhlAnswer Own(GhlCall call, Action<Utf8JsonWriter, string> write) =>
        call.NamesOtherLocation(call.Route("locationId")) ? GhlCall.OtherLocation : Show(call.LocationId, write);

    private static GhlAnswer Show(string locationId, Action<Utf8JsonWriter, string> write) =>
        GhlAnswer.Ok(JsonText.Object((locationId, write), static (writer, given) =>
        {
            given.write(writer, given.locationId);
            writer.WriteString("traceId", SimIds.Uuid());
        }));
}
