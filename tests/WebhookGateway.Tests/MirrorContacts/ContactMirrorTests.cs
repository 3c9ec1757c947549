using System.Text.Json;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.Tests.MirrorContacts;

public sealed class ContactMirrorTests
{
    private const string Get = "GET /contacts/c1";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory, BothStores]
    public async Task Asks_once_for_all_who_ask_at_once_and_keeps_it_a_minute(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        host.Ghl.State.AddContact("c1", ("tags", new List<string> { "seller" }), ("timezone", "America/New_York"));

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => FreshAsync(host)));
        await FreshAsync(host);

        Assert.Single(host.Ghl.Of(Get));
        Assert.All(all, one => Assert.Equal((true, "America/New_York", "seller"), (one!.Known, one.TimeZone, Assert.Single(one.Tags))));
        host.Clock.Move(TimeSpan.FromSeconds(61));
        if (store == "Sqlite")
        {
            await FreshAsync(host);
            Assert.Equal(2, host.Ghl.Of(Get).Count);
        }
    }

    [Theory, BothStores]
    public async Task Never_overwrites_what_a_webhook_told_later(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        host.Ghl.State.AddContact("c1");
        host.Ghl.Next(Get, async (_, usual) =>
        {
            var answer = usual();
            await host.ExecuteAsync(
                "INSERT INTO contact_mirror (location_id, contact_id, snapshot, as_of, updated_at) VALUES ('loc1', 'c1', @snapshot, now_ms() + 5, now_ms())",
                new { snapshot = """{"locationId":"loc1","contactId":"c1","known":true,"tags":["AI-Off"]}""" });
            return answer;
        });

        var known = await FreshAsync(host);

        Assert.Equal(["AI-Off"], known!.Tags);
    }

    [Theory, BothStores]
    public async Task Keeps_the_opt_out_and_tells_only_of_changes(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync();
        await host.ExecuteAsync("UPDATE contact_mirror SET opted_out_at = 7, takeover_until = 8, as_of = 1");

        await FreshAsync(host);
        await host.ExecuteAsync("UPDATE contact_mirror SET as_of = 1");
        host.Ghl.State.AddContact("c1", ("dnd", true));
        await FreshAsync(host);

        Assert.Equal(7, await host.ValueAsync<long>("SELECT opted_out_at FROM contact_mirror"));
        Assert.Equal(8, await host.ValueAsync<long>("SELECT takeover_until FROM contact_mirror"));
        await host.HeardAsync<ContactChanged>(one => one.Contact!.Dnd);
        // By event: a message may arrive twice.
        Assert.Equal(2, host.Module.Heard.OfType<ContactChanged>().Select(one => one.EventId).Distinct().Count());
    }

    [Fact]
    public async Task Says_unknown_when_GHL_cannot_be_asked()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.Next(Get, Answer.Error(500, "down"));

        Assert.False((await LookUpAsync(host)).Known);
        host.Ghl.State.AddContact("c1");
        Assert.True((await LookUpAsync(host)).Known);
    }

    [Fact]
    public async Task Asks_nothing_for_a_location_at_rest()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.State.AddContact("c1");
        host.Locations.Change(location => location with { Active = false });

        Assert.Null(await FreshAsync(host));
        Assert.Empty(host.Ghl.Seen);
    }

    [Fact]
    public async Task A_message_of_the_lead_refreshes_the_mirror_beside_the_thinking()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.State.AddContact("c1");

        await host.Get<IBus>().Publish(
            new InboundMessageAccepted
            {
                EventId = "e1", Seq = 1, LocationId = "loc1", ConversationId = "conv1", ContactId = "c1", Channel = "SMS", Text = "hi",
                SentAt = host.Clock.GetUtcNow(), ReceivedAt = host.Clock.GetUtcNow(), AcceptedAt = host.Clock.GetUtcNow(), Location = TestLocations.Make().Profile,
            },
            TestContext.Current.CancellationToken);
        await host.HeardAsync<ContactChanged>(one => one.Change == "refreshed");
        await host.SendAsync(host.Reply());

        Assert.Single(host.Ghl.Of(Get));
        Assert.Equal("sent", await host.StateAsync());
    }

    [Theory]
    [InlineData("""{"contact":{"id":"c1","locationId":"loc1","tags":["a"],"dnd":true}}""", "known, dnd")]
    [InlineData("""{"id":"c1","tags":"a"}""", "known")]
    [InlineData("""{"contact":{"id":"c1","dndSettings":{"SMS":{"status":"active"},"Email":{"status":"inactive"}}}}""", "known, SMS")]
    [InlineData("""{"contact":{"id":"c1","dndSettings":{"sms":{"status":"permanent"}}}}""", "known, sms")]
    [InlineData("""{"contact":{"id":"c1","dndSettings":{"SMS":{"status":"somethingNew"}}}}""", "known, SMS")]
    [InlineData("""{"contact":{"id":"c1","dndSettings":{"all":{"status":"active"}}}}""", "known, dnd, all")]
    [InlineData("""{"contact":{"id":"c1","tags":null,"dndSettings":null,"customFields":null}}""", "known")]
    [InlineData("""{"contact":{"id":"other","locationId":"loc1"}}""", "nothing")]
    [InlineData("""{"contact":{"id":"c1","locationId":"another"}}""", "nothing")]
    [InlineData("""{"message":"ok"}""", "nothing")]
    [InlineData("""[]""", "nothing")]
    public void Reads_a_contact_as_it_really_comes(string answer, string expected)
    {
        var read = ContactReader.Read(JsonDocument.Parse(answer).RootElement, "loc1", "c1");

        var found = read is null ? "nothing" : string.Join(", ", new[] { "known", read.Dnd ? "dnd" : "" }.Concat(read.DndChannels).Where(word => word.Length > 0));
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Reads_custom_fields_of_every_kind()
    {
        var read = ContactReader.Read(
            JsonDocument.Parse("""{"id":"c1","customFields":[{"id":"a","value":"x"},{"id":"b","value":5},{"id":"c","value":["p","q"]},{"id":"d","value":{"k":1}},{"value":"no id"}]}""").RootElement,
            "loc1", "c1");

        Assert.Equal(["a=x", "b=5", "c=p, q", "d={\"k\":1}"], read!.CustomFields.Select(field => $"{field.Key}={field.Value}"));
    }

    private static Task<ContactSnapshot?> FreshAsync(DeliveryHost host) =>
        host.Get<ContactMirror>().FreshAsync("loc1", "c1", Minute, TestContext.Current.CancellationToken);

    private static async Task<ContactSnapshot> LookUpAsync(DeliveryHost host)
    {
        var client = host.Get<IBus>().CreateRequestClient<LookUpContact>(TimeSpan.FromSeconds(20));
        return (await client.GetResponse<ContactSnapshot>(new LookUpContact { LocationId = "loc1", ContactId = "c1" }, TestContext.Current.CancellationToken)).Message;
    }
}
