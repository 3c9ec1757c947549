using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.WebhookGateway.Tests.ConnectLocation;

public abstract class LocationTests(IntakeHost host)
{
    [Fact]
    public async Task What_is_left_out_has_its_default()
    {
        var location = await host.LocationAsync(new { });
        var view = await ViewAsync(location);
        Assert.Equal(location, Text(view, "name"));
        Assert.Equal("UTC", Text(view, "timeZone"));
        Assert.Equal("00:00:02", Text(view, "settleWindow"));
        Assert.Equal("friendly, direct", Text(view, "tone"));
        Assert.Equal(5m, view.GetProperty("dailyBudgetUsd").GetDecimal());
        Assert.Equal("""{"from":"21:00","to":"08:00"}""", view.GetProperty("quietHours").GetRawText());
        Assert.Equal("off", Text(view.GetProperty("activation"), "default"));
        Assert.Equal(["needs qualifying", "ai on"], view.GetProperty("activation").GetProperty("onTags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.False(view.GetProperty("hasAccessToken").GetBoolean());
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_stays()
    {
        var location = await host.LocationAsync(new { name = "A", tone = "brief", activation = new { @default = "on", onTags = new[] { "go" } }, crm = new { pipelineId = "p1" } });
        var answer = await PutAsync(location, """{"timeZone":"America/Los_Angeles","quietHours":null,"settleWindow":"00:00:00","crm":{"stages":{"hot":"s1"}},"sellerTags":["s"]}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var view = await ViewAsync(location);
        Assert.Equal(("A", "brief", "America/Los_Angeles", "00:00:00"), (Text(view, "name"), Text(view, "tone"), Text(view, "timeZone"), Text(view, "settleWindow")));
        Assert.Equal(JsonValueKind.Null, view.GetProperty("quietHours").ValueKind);
        Assert.Equal(("on", "p1", "s1"), (Text(view.GetProperty("activation"), "default"), Text(view.GetProperty("crm"), "pipelineId"), Text(view.GetProperty("crm").GetProperty("stages"), "hot")));
        Assert.Equal("s", view.GetProperty("activation").GetProperty("sellerTags")[0].GetString());
        Assert.Null((await host.Services.GetRequiredService<ILocations>().FindAsync(location, CancellationToken.None))!.QuietHours);

        await PutAsync(location, """{"quietHours":{"from":"20:30","to":"09:00"}}""");
        Assert.Equal(new QuietHours(new TimeOnly(20, 30), new TimeOnly(9, 0)), (await host.Services.GetRequiredService<ILocations>().FindAsync(location, CancellationToken.None))!.QuietHours);
    }

    [Theory]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "timeZone")]
    [InlineData("""{"settleWindow":"00:01:01"}""", "settleWindow")]
    [InlineData("""{"settleWindow":"-00:00:01"}""", "settleWindow")]
    [InlineData("""{"settleWindow":2}""", "settleWindow")]
    [InlineData("""{"quietHours":{"from":"25:00","to":"08:00"}}""", "quietHours.from")]
    [InlineData("""{"quietHours":{"from":"21:00"}}""", "quietHours.to")]
    [InlineData("""{"quietHours":"21-8"}""", "quietHours")]
    [InlineData("""{"activation":{"default":"maybe"}}""", "activation.default")]
    [InlineData("""{"activation":{"onTags":"x"}}""", "activation.onTags")]
    [InlineData("""{"activation":{"tags":[]}}""", "activation.tags")]
    [InlineData("""{"dailyBudgetUsd":-1}""", "dailyBudgetUsd")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"accessToken":""}""", "accessToken")]
    [InlineData("""{"workflowSecret":"short"}""", "workflowSecret")]
    [InlineData("""{"crm":{"fields":{"budget":1}}}""", "crm.fields")]
    [InlineData("""{"nmae":"typo"}""", "nmae")]
    public async Task A_wrong_member_is_named_and_nothing_is_saved(string body, string member)
    {
        var location = await host.LocationAsync(new { name = "Before" });
        var answer = await PutAsync(location, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(member, Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal("Before", Text(await ViewAsync(location), "name"));
    }

    [Fact]
    public async Task A_token_is_written_sealed_and_never_read_back()
    {
        var location = await host.LocationAsync(new { accessToken = "pit-planted-token", workflowSecret = "planted-secret-0123" });
        var view = await ViewAsync(location);
        Assert.True(view.GetProperty("hasAccessToken").GetBoolean());
        Assert.True(view.GetProperty("hasWorkflowSecret").GetBoolean());
        Assert.DoesNotContain("planted", view.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("pit-planted-token", await host.Services.GetRequiredService<ILocations>().AccessTokenAsync(location, CancellationToken.None));
        var stored = await host.QueryAsync<byte[]>("SELECT access_token_enc FROM location WHERE location_id = @location", new { location });
        Assert.DoesNotContain("planted", Encoding.UTF8.GetString(stored!), StringComparison.Ordinal);

        await PutAsync(location, """{"name":"kept"}""");
        Assert.Equal("pit-planted-token", await host.Services.GetRequiredService<ILocations>().AccessTokenAsync(location, CancellationToken.None));
        await PutAsync(location, """{"accessToken":null}""");
        Assert.Null(await host.Services.GetRequiredService<ILocations>().AccessTokenAsync(location, CancellationToken.None));
    }

    [Fact]
    public async Task Only_an_admin_changes_and_a_bound_key_sees_only_its_own()
    {
        var (mine, other) = (await host.LocationAsync(), await host.LocationAsync());
        var bound = await host.ClientAsync("admin", mine);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.ClientAsync("operator")).PutAsJsonAsync($"/api/locations/{mine}", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous.GetAsync("/api/locations")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bound.PutAsJsonAsync($"/api/locations/{mine}", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bound.PutAsJsonAsync($"/api/locations/{other}", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bound.GetAsync($"/api/locations/{other}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bound.DeleteAsync($"/api/locations/{other}")).StatusCode);
        var list = await bound.GetFromJsonAsync<JsonElement>("/api/locations");
        Assert.Equal(mine, Text(Assert.Single(list.EnumerateArray()), "id"));
        Assert.True((await host.Admin.GetFromJsonAsync<JsonElement>("/api/locations")).GetArrayLength() >= 2);
    }

    [Fact]
    public async Task Its_life_is_told_and_ends_with_a_DELETE()
    {
        var location = await host.LocationAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await host.Admin.DeleteAsync($"/api/locations/{location}")).StatusCode);
        Assert.Equal("inactive", Text(await ViewAsync(location), "status"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Admin.DeleteAsync("/api/locations/nobodys")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Admin.PutAsJsonAsync("/api/locations/a%20b", new { })).StatusCode);
        Assert.Equal(["configured", "uninstalled"], (await host.PublishedAsync<LocationLifecycleChanged>(change => change.LocationId == location)).Select(change => change.Change));
    }

    [Fact]
    public async Task Locations_of_the_settings_are_made_at_the_start_and_not_again()
    {
        await using var seeded = new SeededHost();
        await seeded.InitializeAsync();
        var view = await seeded.Admin.GetFromJsonAsync<JsonElement>("/api/locations/demo");
        Assert.Equal(("Demo", "on", "00:00:00"), (Text(view, "name"), Text(view.GetProperty("activation"), "default"), Text(view, "settleWindow")));
        Assert.Equal(JsonValueKind.Null, view.GetProperty("quietHours").ValueKind);
        Assert.Equal(["x", "y"], view.GetProperty("activation").GetProperty("offTags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal("token-of-demo", await seeded.Services.GetRequiredService<ILocations>().AccessTokenAsync("demo", CancellationToken.None));

        await seeded.Admin.PutAsJsonAsync("/api/locations/demo", new { name = "Changed" });
        await seeded.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<SeedLocations>().Single().StartAsync(CancellationToken.None);
        Assert.Equal("Changed", Text(await seeded.Admin.GetFromJsonAsync<JsonElement>("/api/locations/demo"), "name"));
    }

    [Theory]
    [InlineData("--Gateway:Locations:0:Id=demo", "--Gateway:Locations:0:TimeZone=Nowhere", "Gateway:Locations:0:timeZone")]
    [InlineData("--Gateway:Locations:0:Id=demo", "--Gateway:Locations:0:Nmae=x", "Gateway:Locations:0:Nmae")]
    [InlineData("--Gateway:Locations:0:Name=demo", "--Gateway:Locations:0:Tone=x", "Gateway:Locations:0:id")]
    public void A_wrong_location_of_the_settings_stops_the_start(string first, string second, string key) =>
        Assert.Equal(key, Assert.Throws<SettingException>(() => host.Build(first, second)).Key, ignoreCase: true);

    private async Task<JsonElement> ViewAsync(string location) => await host.Admin.GetFromJsonAsync<JsonElement>($"/api/locations/{location}");

    private Task<HttpResponseMessage> PutAsync(string location, string body) =>
        host.Admin.PutAsync($"/api/locations/{location}", new StringContent(body, Encoding.UTF8, "application/json"));

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private sealed class SeededHost : IntakeHost
    {
        protected override IReadOnlyList<string> Settings =>
        [
            "--Gateway:Locations:0:Id=demo", "--Gateway:Locations:0:Name=Demo", "--Gateway:Locations:0:SettleWindow=00:00:00", "--Gateway:Locations:0:QuietHours=",
            "--Gateway:Locations:0:Activation:Default=on", "--Gateway:Locations:0:Activation:OffTags:0=x", "--Gateway:Locations:0:Activation:OffTags:1=y",
            "--Gateway:Locations:0:AccessToken=token-of-demo", "--Gateway:Locations:0:DailyBudgetUsd=2.5",
        ];
    }
}

public sealed class LocationTestsOnSqlite(IntakeHost host) : LocationTests(host), IClassFixture<IntakeHost>;

public sealed class LocationTestsOnPostgres(PostgresIntakeHost host) : LocationTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresIntakeHost>;
