using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.TestKit.Access;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>Credentials that are worth nothing open no door.</summary>
public sealed class CredentialTests(RunningStandalone standalone) : IClassFixture<RunningStandalone>
{
    private StandaloneTopology Hub => standalone.Hub;

    [Fact]
    public Task Without_a_credential_every_door_is_shut() => Crawl.EveryDoorIsShutAsync(Hub, _ => { });

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("ehk_0123456789ab_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Topology.AdminKey + "0")]
    public async Task A_wrong_key_opens_none(string key)
    {
        await Crawl.EveryDoorIsShutAsync(Hub, request => request.Headers.Add("X-Api-Key", key));
        await Crawl.EveryDoorIsShutAsync(Hub, request => request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}"));
    }

    [Fact]
    public Task A_good_key_does_not_make_a_bad_header_good() => Crawl.EveryDoorIsShutAsync(Hub, request =>
    {
        request.Headers.Add("X-Api-Key", "x");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Topology.AdminKey}");
    });

    [Fact]
    public async Task A_revoked_key_and_the_session_that_was_opened_with_it_open_none()
    {
        using var made = await Hub.SendAsync(HttpMethod.Post, "/api/keys", new { name = "leaver", role = HubRole.Admin });
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        var (id, text) = (key.GetProperty("keyId").GetString()!, key.GetProperty("key").GetString()!);
        var cookie = await LogInAsync(text);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(request => request.Headers.Add("Cookie", cookie)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(request => request.Headers.Add("X-Api-Key", text)));

        using var revoked = await Hub.SendAsync(HttpMethod.Delete, $"/api/keys/{id}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);

        await Crawl.EveryDoorIsShutAsync(Hub, request => request.Headers.Add("X-Api-Key", text));
        await Crawl.EveryDoorIsShutAsync(Hub, request => request.Headers.Add("Cookie", cookie));
        await Crawl.EveryDoorIsShutAsync(Hub, request => request.Headers.Add("Cookie", "hub_session=made-up"));
    }

    [Fact]
    public async Task A_session_changes_nothing_from_another_site()
    {
        var cookie = await LogInAsync(Topology.AdminKey);
        var door = new Door(Hub);
        foreach (var line in AccessTable.Guarded.Where(line => line.Method != HttpMethod.Get))
        {
            foreach (var ask in line.Asks)
            {
                var forged = ask(Place.MadeUp());
                var answer = await door.AskAsync(
                    request =>
                    {
                        request.Headers.Add("Cookie", cookie);
                        request.Headers.Add("Sec-Fetch-Site", "cross-site");
                    },
                    line.Method, Hub.For(forged.Path), forged);
                Assert.True(HttpStatusCode.Forbidden == answer.Status, $"{line}: {(int)answer.Status}");
            }
        }
    }

    private async Task<string> LogInAsync(string key)
    {
        using var answer = await Hub.Http.PostAsJsonAsync(new Uri(Hub.For("/api/session"), "/api/session"), new { key });
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    private async Task<HttpStatusCode> StatusAsync(Action<HttpRequestMessage> credential) =>
        (await new Door(Hub).AskAsync(credential, HttpMethod.Get, Hub.For("/api/keys"), new Ask("/api/keys"))).Status;
}
