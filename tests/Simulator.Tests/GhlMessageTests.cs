namespace EnterpriseHub.Simulator.Tests;

public sealed class GhlMessageTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task A_sent_message_is_read_back_wrapped_and_shows_first_in_the_list()
    {
        await host.PostAsync("/sim/ghl-control/messages", new[] { new { id = "m-1", locationId = "loc-1", body = "Hi there", messageId = "in-1" } });
        var sent = await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = "m-1", message = "Hello" });
        Assert.Equal(200, sent.Status);
        var id = sent.Body.GetProperty("messageId").GetString()!;

        var read = await host.GhlAsync("GET", "/conversations/messages/" + id);
        Assert.Equal("Hello", read.Body.GetProperty("message").GetProperty("body").GetString());

        var conversation = sent.Body.GetProperty("conversationId").GetString();
        Assert.Equal("conv-m-1", conversation);
        var list = (await host.GhlAsync("GET", $"/conversations/{conversation}/messages?limit=1")).Body.GetProperty("messages");
        Assert.True(list.GetProperty("nextPage").GetBoolean());
        Assert.Equal(id, list.GetProperty("messages")[0].GetProperty("id").GetString());
        var older = (await host.GhlAsync("GET", $"/conversations/{conversation}/messages?lastMessageId={id}")).Body.GetProperty("messages");
        Assert.Equal("in-1", older.GetProperty("messages")[0].GetProperty("id").GetString());
        Assert.Equal("inbound", older.GetProperty("messages")[0].GetProperty("direction").GetString());
        Assert.False(older.GetProperty("nextPage").GetBoolean());
    }

    [Fact]
    public async Task Search_finds_the_conversation_of_a_contact()
    {
        await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = "m-2", message = "Hello" });
        var found = await host.GhlAsync("GET", "/conversations/search?locationId=loc-1&contactId=m-2");
        Assert.Equal("conv-m-2", found.Body.GetProperty("conversations")[0].GetProperty("id").GetString());
        Assert.Equal(1, found.Body.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Search_goes_by_the_last_message_either_way_and_on_from_a_time()
    {
        var start = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        await host.PostAsync("/sim/ghl-control/messages", Enumerable.Range(1, 3).Select(number =>
            new { id = $"s-{number}", locationId = "loc-s", body = "Hi", dateAdded = start.AddMinutes(number).ToString("O") }));
        Assert.Equal(["s-1", "s-2", "s-3"], await FoundAsync("sort=asc"));
        Assert.Equal(["s-3", "s-2", "s-1"], await FoundAsync("sort=desc"));
        Assert.Equal(["s-2", "s-3"], await FoundAsync($"sort=asc&startAfterDate={start.AddMinutes(1).ToUnixTimeMilliseconds()}"));
        Assert.Equal(["s-1"], await FoundAsync($"sort=desc&startAfterDate={start.AddMinutes(2).ToUnixTimeMilliseconds()}"));
        await host.PostAsync("/sim/ghl-control/messages", new[] { new { id = "s-1", locationId = "loc-s", body = "again", dateAdded = start.AddMinutes(9).ToString("O") } });
        Assert.Equal(["s-2", "s-3", "s-1"], await FoundAsync("sort=asc"));

        async Task<IEnumerable<string?>> FoundAsync(string how) =>
            [.. (await host.GhlAsync("GET", $"/conversations/search?locationId=loc-s&{how}", location: "loc-s")).Body.GetProperty("conversations")
                .EnumerateArray().Select(one => one.GetProperty("contactId").GetString())];
    }

    [Fact]
    public async Task A_message_that_is_seeded_late_is_listed_at_its_time()
    {
        await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = "m-9", message = "Hello" });
        await host.PostAsync("/sim/ghl-control/messages", new[] { new { id = "m-9", locationId = "loc-1", body = "earlier", messageId = "old-1", dateAdded = "2026-01-01T00:00:00Z" } });
        var list = (await host.GhlAsync("GET", "/conversations/conv-m-9/messages")).Body.GetProperty("messages").GetProperty("messages");
        Assert.Equal(["Hello", "earlier"], list.EnumerateArray().Select(one => one.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task A_blocked_channel_is_a_400_with_GHLs_words_and_saves_nothing()
    {
        await host.PostAsync("/sim/ghl-control/contacts", new[] { new { id = "m-3", locationId = "loc-1", dndSettings = new { SMS = new { status = "active", message = "STOP", code = "101" } } } });
        var refused = await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = "m-3", message = "Hello" });
        Assert.Equal(400, refused.Status);
        Assert.Equal("Cannot send message as DND is active for SMS.", refused.Body.GetProperty("message").GetString());
        Assert.Empty((await host.GhlAsync("GET", "/conversations/conv-m-3/messages")).Body.GetProperty("messages").GetProperty("messages").EnumerateArray());
        Assert.Equal(200, (await host.GhlAsync("POST", "/conversations/messages", new { type = "Email", contactId = "m-3", html = "Hello" })).Status);
    }

    [Fact]
    public async Task Missing_fields_are_a_422_with_a_list()
    {
        var refused = await host.GhlAsync("POST", "/conversations/messages", new { message = "Hello" });
        Assert.Equal(422, refused.Status);
        Assert.Equal(2, refused.Body.GetProperty("message").GetArrayLength());
    }

    [Fact]
    public async Task The_message_of_another_location_is_refused()
    {
        var sent = await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = "m-4", message = "Hello" });
        var id = sent.Body.GetProperty("messageId").GetString();
        Assert.Equal(403, (await host.GhlAsync("GET", "/conversations/messages/" + id, location: "loc-2")).Status);
        Assert.Equal(403, (await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = "m-4", message = "x" }, "loc-2")).Status);
        Assert.Equal(403, (await host.GhlAsync("GET", "/conversations/conv-m-4/messages", location: "loc-2")).Status);
    }
}
