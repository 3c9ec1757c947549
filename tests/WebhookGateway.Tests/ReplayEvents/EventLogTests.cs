using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.ReplayEvents;

public abstract class EventLogTests(IntakeHost host)
{
    [Fact]
    public async Task Events_are_listed_in_order_and_can_be_followed()
    {
        var location = await host.LocationAsync();
        foreach (var text in new[] { "one", "two", "three" })
        {
            await host.AcceptAsync(Payloads.Text(location, text));
        }
        var client = await host.ClientAsync("operator");
        var newest = await client.GetFromJsonAsync<JsonElement>($"/api/events?locationId={location}&limit=2");
        var seqs = newest.GetProperty("events").EnumerateArray().Select(row => row.GetProperty("seq").GetInt64()).ToList();
        Assert.Equal(2, seqs.Count);
        Assert.Equal(seqs.Order(), seqs);
        Assert.Equal(seqs[^1], newest.GetProperty("next").GetInt64());
        var following = await client.GetFromJsonAsync<JsonElement>($"/api/events?locationId={location}&after={seqs[0]}");
        Assert.Equal(seqs[1], Assert.Single(following.GetProperty("events").EnumerateArray()).GetProperty("seq").GetInt64());
        Assert.Empty((await client.GetFromJsonAsync<JsonElement>($"/api/events?locationId={location}&type=ContactUpdate")).GetProperty("events").EnumerateArray());
        Assert.Empty((await client.GetFromJsonAsync<JsonElement>($"/api/events?locationId={location}&status=parked")).GetProperty("events").EnumerateArray());
    }

    [Fact]
    public async Task A_list_is_paged_both_ways_and_narrowed_by_lead_and_time()
    {
        var location = await host.LocationAsync();
        foreach (var number in Enumerable.Range(0, 5))
        {
            await host.AcceptAsync(Payloads.Text(location, $"text {number}", $"c{number % 2}"));
        }
        var newest = await PageAsync($"locationId={location}&limit=2");
        var before = await PageAsync($"locationId={location}&limit=2&before={newest.GetProperty("previous").GetInt64()}");
        var oldest = await PageAsync($"locationId={location}&limit=2&before={before.GetProperty("previous").GetInt64()}");
        Assert.Equal([2, 2, 1], new[] { newest, before, oldest }.Select(page => page.GetProperty("events").GetArrayLength()));
        Assert.Equal([true, true, false], new[] { newest, before, oldest }.Select(page => page.GetProperty("more").GetBoolean()));
        var back = await PageAsync($"locationId={location}&limit=2&after={oldest.GetProperty("next").GetInt64()}");
        Assert.Equal(before.GetProperty("events").ToString(), back.GetProperty("events").ToString());
        Assert.Equal(3, (await PageAsync($"locationId={location}&contactId=c0")).GetProperty("events").GetArrayLength());
        Assert.Equal(2, (await PageAsync($"locationId={location}&conversationId=v-c1")).GetProperty("events").GetArrayLength());
        Assert.Equal(5, (await PageAsync($"locationId={location}&from=2020-01-01T00:00:00Z")).GetProperty("events").GetArrayLength());
        Assert.Equal(0, (await PageAsync($"locationId={location}&to=2020-01-01")).GetProperty("events").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Admin.GetAsync("/api/events?from=soon")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Admin.GetAsync("/api/events?after=1&before=2")).StatusCode);
    }

    private Task<JsonElement> PageAsync(string query) => host.Admin.GetFromJsonAsync<JsonElement>($"/api/events?{query}");

    [Fact]
    public async Task Only_an_admin_reads_the_body_as_it_came()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("InboundMessage.email.json", location)));
        var id = await host.QueryAsync<string>("SELECT event_id FROM inbound_event WHERE location_id = @location", new { location });
        Assert.Contains("jane.doe@example.com", await host.Admin.GetStringAsync($"/api/events/{id}"), StringComparison.Ordinal);
        var seen = await (await host.ClientAsync("operator")).GetStringAsync($"/api/events/{id}");
        Assert.Contains("[redacted]", seen, StringComparison.Ordinal);
        Assert.Contains(location, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("quote", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_and_a_stranger_see_nothing()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        var id = await host.QueryAsync<string>("SELECT event_id FROM inbound_event WHERE location_id = @location", new { location });
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.ClientAsync("viewer")).GetAsync("/api/events")).StatusCode);
        var stranger = await host.ClientAsync("admin", await host.LocationAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/events/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/events?locationId={location}")).StatusCode);
        Assert.Empty((await stranger.GetFromJsonAsync<JsonElement>("/api/events")).GetProperty("events").EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Admin.GetAsync("/api/events?limit=0")).StatusCode);
    }
}

public sealed class EventLogTestsOnSqlite(IntakeHost host) : EventLogTests(host), IClassFixture<IntakeHost>;

public sealed class EventLogTestsOnPostgres(PostgresIntakeHost host) : EventLogTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresIntakeHost>;
