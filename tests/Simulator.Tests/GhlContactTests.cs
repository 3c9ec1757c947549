using System.Text.Json;

namespace EnterpriseHub.Simulator.Tests;

public sealed class GhlContactTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task An_unknown_contact_is_made_up_for_the_location_that_reads_it_first()
    {
        var contact = (await host.GhlAsync("GET", "/contacts/c-1")).Body.GetProperty("contact");
        Assert.Matches(@"^\+1\d{3}55501\d\d$", contact.GetProperty("phone").GetString());
        Assert.Equal(JsonValueKind.Null, contact.GetProperty("timezone").ValueKind);
        Assert.Empty(contact.GetProperty("tags").EnumerateArray());
        Assert.Equal(403, (await host.GhlAsync("GET", "/contacts/c-1", location: "loc-2")).Status);
    }

    [Fact]
    public async Task Tags_are_added_and_removed_and_a_PUT_replaces_them()
    {
        Assert.Equal(201, (await host.GhlAsync("POST", "/contacts/c-2/tags", new { tags = new[] { "Hot Lead", "seller" } })).Status);
        var removed = await host.GhlAsync("DELETE", "/contacts/c-2/tags", new { tags = new[] { "seller" } });
        Assert.Equal(["hot lead"], removed.Body.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        var put = await host.GhlAsync("PUT", "/contacts/c-2", new { tags = new[] { "only" }, customFields = new[] { new { id = "cf-lead_score", field_value = 81 } } });
        Assert.True(put.Body.GetProperty("succeded").GetBoolean());
        var contact = put.Body.GetProperty("contact");
        Assert.Equal(["only"], contact.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(81, contact.GetProperty("customFields")[0].GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Upsert_finds_the_contact_by_phone()
    {
        var first = await host.GhlAsync("POST", "/contacts/upsert", new { locationId = "loc-1", phone = "+12065550142", firstName = "Ana" });
        var second = await host.GhlAsync("POST", "/contacts/upsert", new { locationId = "loc-1", phone = "+12065550142", lastName = "Diaz" });
        Assert.True(first.Body.GetProperty("new").GetBoolean());
        Assert.False(second.Body.GetProperty("new").GetBoolean());
        Assert.Equal(first.Body.GetProperty("contact").GetProperty("id").GetString(), second.Body.GetProperty("contact").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_seeded_contact_has_what_was_seeded()
    {
        await host.PostAsync("/sim/ghl-control/contacts", new { contacts = new[] { new { id = "c-3", locationId = "loc-9", firstName = "Zoe", tags = new[] { "Needs Qualifying" }, dnd = true, timezone = "America/Denver", conversationId = "thread-3" } } });
        var contact = (await host.GhlAsync("GET", "/contacts/c-3", location: "loc-9")).Body.GetProperty("contact");
        Assert.Equal("Zoe", contact.GetProperty("firstName").GetString());
        Assert.Equal("needs qualifying", contact.GetProperty("tags")[0].GetString());
        Assert.True(contact.GetProperty("dnd").GetBoolean());
        Assert.Equal("America/Denver", contact.GetProperty("timezone").GetString());
        Assert.Equal(200, (await host.GhlAsync("GET", "/conversations/thread-3/messages", location: "loc-9")).Status);
    }

    [Fact]
    public async Task Calls_without_a_valid_token_or_a_version_are_refused()
    {
        var unknown = await host.GhlAsync("GET", "/contacts/c-4", token: "nonsense");
        Assert.Equal(401, unknown.Status);
        Assert.Equal("Invalid token: access token is invalid", unknown.Body.GetProperty("message").GetString());
        Assert.Equal(400, (await host.GhlAsync("GET", "/contacts/c-4", version: false)).Status);
        Assert.Equal(403, (await host.GhlAsync("GET", "/conversations/search?locationId=loc-2")).Status);
    }
}
