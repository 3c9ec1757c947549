namespace EnterpriseHub.Simulator.Tests;

public sealed class LedgerTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task Every_request_is_entered_with_its_receive_time_before_the_latency()
    {
        await host.Client.DeleteAsync("/sim/ghl/ledger");
        await host.LatencyAsync(300, 300);
        await host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = "l-1", message = "Hello" });
        await host.LatencyAsync(0, 0);
        await host.GhlAsync("POST", "/contacts/l-1/tags", new { tags = new[] { "hot" } });
        await host.GhlAsync("GET", "/contacts/l-1");

        var page = await host.GetAsync("/sim/ghl/ledger?limit=2");
        var message = page.GetProperty("entries")[0];
        Assert.Equal("message", message.GetProperty("kind").GetString());
        Assert.Equal("POST", message.GetProperty("method").GetString());
        Assert.Equal("/conversations/messages", message.GetProperty("path").GetString());
        Assert.Equal("loc-1", message.GetProperty("locationId").GetString());
        Assert.Equal("l-1", message.GetProperty("contactId").GetString());
        Assert.Equal("conv-l-1", message.GetProperty("conversationId").GetString());
        Assert.Equal("Hello", message.GetProperty("body").GetProperty("message").GetString());
        Assert.True(message.GetProperty("saved").GetBoolean());
        Assert.NotNull(message.GetProperty("messageId").GetString());
        Assert.True(message.GetProperty("answeredAt").GetDouble() - message.GetProperty("at").GetDouble() >= 290);
        Assert.Equal("tag", page.GetProperty("entries")[1].GetProperty("kind").GetString());

        var rest = await host.GetAsync($"/sim/ghl/ledger?after={page.GetProperty("next").GetInt64()}");
        var read = Assert.Single(rest.GetProperty("entries").EnumerateArray());
        Assert.Equal("contact-read", read.GetProperty("kind").GetString());
        Assert.False(read.GetProperty("saved").GetBoolean());

        Assert.Single((await host.GetAsync("/sim/ghl/ledger?kind=tag")).GetProperty("entries").EnumerateArray());
        Assert.Empty((await host.GetAsync("/sim/ghl/ledger?locationId=elsewhere")).GetProperty("entries").EnumerateArray());
        var summary = await host.GetAsync("/sim/ghl/ledger/summary");
        Assert.Equal(3, summary.GetProperty("total").GetInt32());
        Assert.Equal(1, summary.GetProperty("savedByKind").GetProperty("message").GetInt32());
    }

    [Fact]
    public async Task The_index_lists_the_controls()
    {
        Assert.Contains("/sim/ghl/ledger", (await host.GetAsync("/sim")).GetProperty("controls").GetRawText());
    }
}

public sealed class SmallLedgerTests(StrictHost host) : IClassFixture<StrictHost>
{
    [Fact]
    public async Task The_oldest_entries_fall_out_of_a_full_ledger()
    {
        for (var call = 0; call < 1_010; call++)
        {
            await host.GhlAsync("GET", "/locations/x", token: "nonsense");
        }
        var summary = await host.GetAsync("/sim/ghl/ledger/summary");
        Assert.Equal(1_000, summary.GetProperty("kept").GetInt32());
        Assert.Equal(1_010, summary.GetProperty("total").GetInt32());
        Assert.Equal(11, (await host.GetAsync("/sim/ghl/ledger?limit=1")).GetProperty("entries")[0].GetProperty("seq").GetInt64());
    }
}
