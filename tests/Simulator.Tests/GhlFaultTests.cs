namespace EnterpriseHub.Simulator.Tests;

public sealed class GhlFaultTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Theory]
    [InlineData("429", 429, false)]
    [InlineData("500", 500, false)]
    [InlineData("500-saved", 500, true)]
    [InlineData("401", 401, false)]
    [InlineData("400", 400, false)]
    public async Task A_fault_answers_its_status_and_saves_or_not(string mode, int status, bool saved)
    {
        var contact = "f-" + mode;
        await host.FaultAsync(new { upstream = "ghl", mode, method = "POST", path = "/conversations/messages", count = 1 });
        Assert.Equal(status, (await SendAsync(contact)).Status);
        Assert.Equal(saved ? 1 : 0, await SavedAsync(contact));
        Assert.Equal(200, (await SendAsync(contact)).Status);
        Assert.Equal(saved ? 2 : 1, await SavedAsync(contact));
    }

    [Theory]
    [InlineData("reset", false)]
    [InlineData("reset-saved", true)]
    public async Task A_reset_breaks_the_connection(string mode, bool saved)
    {
        var contact = "f-" + mode;
        await host.FaultAsync(new { upstream = "ghl", mode, locationId = "loc-1", path = "/conversations/messages", count = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(contact));
        Assert.Equal(saved ? 1 : 0, await SavedAsync(contact));
    }

    [Theory]
    [InlineData("timeout", false)]
    [InlineData("timeout-saved", true)]
    public async Task A_timeout_is_silent_until_the_caller_gives_up(string mode, bool saved)
    {
        var contact = "f-" + mode;
        await host.FaultAsync(new { upstream = "ghl", mode, path = "/conversations/messages", count = 1 });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = contact, message = "x" }, cancellation: patience.Token));
        Assert.Equal(saved ? 1 : 0, await SavedAsync(contact));
        var entry = (await host.GetAsync("/sim/ghl/ledger?kind=message")).GetProperty("entries").EnumerateArray().Last();
        Assert.Equal(0, entry.GetProperty("status").GetInt32());
        Assert.Equal(saved, entry.GetProperty("saved").GetBoolean());
    }

    [Fact]
    public async Task Garbage_is_a_200_that_is_not_JSON()
    {
        await host.FaultAsync(new { upstream = "ghl", mode = "garbage", count = 1 });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sim/ghl/contacts/f-garbage");
        request.Headers.Authorization = new("Bearer", "sim-loc-1");
        request.Headers.Add("Version", "2021-07-28");
        using var response = await host.Client.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_lagging_list_hides_new_messages_and_a_flat_one_has_the_shape_of_the_specification()
    {
        await SendAsync("f-list");
        await host.FaultAsync(new { upstream = "ghl", mode = "listlag", afterMs = 60_000 });
        Assert.Empty((await host.GhlAsync("GET", "/conversations/conv-f-list/messages")).Body.GetProperty("messages").GetProperty("messages").EnumerateArray());
        await host.FaultAsync(new { upstream = "ghl", mode = "flat" });
        Assert.Equal(1, (await host.GhlAsync("GET", "/conversations/conv-f-list/messages")).Body.GetProperty("messages").GetArrayLength());
        await host.NoFaultAsync();
    }

    [Fact]
    public async Task A_rule_keeps_to_its_location_and_counts_its_hits()
    {
        await host.FaultAsync(new { upstream = "ghl", mode = "500", locationId = "loc-x", count = 2 });
        Assert.Equal(200, (await host.GhlAsync("GET", "/locations/loc-1")).Status);
        Assert.Equal(500, (await host.GhlAsync("GET", "/locations/loc-x", location: "loc-x")).Status);
        Assert.Equal(1, (await host.GetAsync("/sim/control/faults"))[0].GetProperty("hits").GetInt32());
    }

    [Fact]
    public async Task A_seed_repeats_the_draws()
    {
        Assert.Equal(await DrawAsync(), await DrawAsync());

        async Task<string> DrawAsync()
        {
            await host.PutAsync("/sim/control/faults", new { seed = 7, rules = new[] { new { upstream = "ghl", mode = "500", probability = 0.5, locationId = "loc-s" } } });
            var drawn = "";
            for (var call = 0; call < 12; call++)
            {
                drawn += (await host.GhlAsync("GET", "/locations/loc-s", location: "loc-s")).Status == 500 ? "x" : ".";
            }
            Assert.Contains('x', drawn);
            Assert.Contains('.', drawn);
            return drawn;
        }
    }

    [Theory]
    [InlineData("""[{"upstream":"ghl","mode":"529"}]""")]
    [InlineData("""[{"upstream":"nobody","mode":"500"}]""")]
    [InlineData("""[{"upstream":"ghl","mode":"500","colour":1}]""")]
    public async Task A_wrong_rule_is_refused(string rules)
    {
        using var response = await host.Client.PutAsync("/sim/control/faults", SimulatorHost.Json(rules));
        Assert.Equal(400, (int)response.StatusCode);
    }

    private Task<(int Status, System.Text.Json.JsonElement Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> SendAsync(string contact) =>
        host.GhlAsync("POST", "/conversations/messages", new { type = "SMS", contactId = contact, message = "x" });

    private async Task<int> SavedAsync(string contact)
    {
        var list = await host.GhlAsync("GET", $"/conversations/conv-{contact}/messages?limit=100", token: "sim-loc-1");
        return list.Body.GetProperty("messages").GetProperty("messages").GetArrayLength();
    }
}
