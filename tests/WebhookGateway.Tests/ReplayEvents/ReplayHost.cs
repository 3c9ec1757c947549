using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.TestKit;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.ReplayEvents;

/// <summary>Replays as a person asks for them: through the API, waiting for the end.</summary>
internal static class ReplayHost
{
    public static Task<JsonElement> ReplayAsync(this IntakeHost host, object wish, string log = "events") => host.Admin.ReplayAsync(wish, log);

    public static async Task<JsonElement> ReplayAsync(this HttpClient client, object wish, string log = "events")
    {
        var path = log == "events" ? "/api/events/replay" : "/api/events/dead-letters/replay";
        var started = await client.PostAsJsonAsync(path, wish);
        Assert.True(started.StatusCode == HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        return await Eventually.BecomesAsync(
            () => client.GetFromJsonAsync<JsonElement>(started.Headers.Location), replay => replay.GetProperty("status").GetString() == "done");
    }

    /// <summary>The one reason of a replay, as state/reason.</summary>
    public static string Reason(this JsonElement replay)
    {
        var reason = Assert.Single(replay.GetProperty("reasons").EnumerateArray());
        return $"{reason.GetProperty("state").GetString()}/{reason.GetProperty("reason").GetString()}";
    }

    public static async Task<IReadOnlyList<JsonElement>> DeadLettersAsync(this HttpClient client, string query) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/events/dead-letters?{query}")).GetProperty("deadLetters").EnumerateArray()];

    public static async Task<string> EventIdAsync(this IntakeHost host, string location) =>
        (await host.QueryAsync<string>("SELECT event_id FROM inbound_event WHERE location_id = @location", new { location }))!;
}
