using System.Text.Json;
using EnterpriseHub.Simulator.Ghl.State;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>Seeds and clears what the simulated GHL knows.</summary>
internal static class GhlControlEndpoints
{
    public static void MapGhlControl(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sim/ghl-control/contacts", (JsonElement body, GhlStore store, TimeProvider time) => Seed(body, item =>
        {
            var contact = store.AddContact(item.Text("id")!, item.Text("locationId")!, item.Text("conversationId"));
            ContactJson.Change(contact, item, time.GetUtcNow());
        }, store));
        routes.MapPost("/sim/ghl-control/messages", (JsonElement body, GhlStore store, TimeProvider time) => Seed(body, item =>
        {
            var contact = store.Contact(item.Text("id")!, item.Text("locationId")!) ?? store.AddContact(item.Text("id")!, item.Text("locationId")!);
            DateTimeOffset? at = item.Text("dateAdded") is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : null;
            store.Add(contact, MessageChannel.Sms, item.Text("direction") ?? "inbound", item.Text("body") ?? "", item.Text("source"), item.Text("messageId"), at);
        }, store));
        routes.MapDelete("/sim/ghl-control", (GhlStore store) =>
        {
            lock (store.Gate)
            {
                store.Clear();
            }
            return Results.NoContent();
        });
    }

    /// <summary>Takes an array, or an object with the array under its only name; the contact id is <c>id</c> or <c>contactId</c>.</summary>
    private static IResult Seed(JsonElement body, Action<JsonElement> add, GhlStore store)
    {
        var list = body.ValueKind == JsonValueKind.Object ? body.EnumerateObject().Select(member => member.Value).FirstOrDefault() : body;
        if (list.ValueKind != JsonValueKind.Array)
        {
            return Results.Problem("Send a JSON array.", statusCode: 400);
        }
        var items = list.EnumerateArray().Select(WithId).ToList();
        if (items.Any(item => item.Text("id") is null || item.Text("locationId") is null))
        {
            return Results.Problem("Every item needs 'locationId' and 'id' (or 'contactId').", statusCode: 400);
        }
        lock (store.Gate)
        {
            items.ForEach(add);
        }
        return Results.Json(new { added = items.Count });
    }

    private static JsonElement WithId(JsonElement item)
    {
        if (item.Text("id") is not null || item.Text("contactId") is not { } contactId)
        {
            return item;
        }
        var copy = System.Text.Json.Nodes.JsonObject.Create(item)!;
        copy["id"] = contactId;
        return JsonElement.Parse(copy.ToJsonString());
    }
}
