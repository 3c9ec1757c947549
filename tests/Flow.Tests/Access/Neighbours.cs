using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Access;
using EnterpriseHub.TestKit.Backends;
using EnterpriseHub.TestKit.Specs;
using EnterpriseHub.TestKit.Topologies;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>The product with three locations, each with an answered lead, a score, market facts and keys of every role.</summary>
public abstract class Neighbours : IAsyncLifetime
{
    private readonly Dictionary<HubRole, string> _keys = [];

    /// <summary>The running product.</summary>
    public StandaloneTopology Hub { get; private set; } = null!;

    public Door Door => new(Hub);

    /// <summary>Whose callers ask.</summary>
    public Place Ours { get; private set; } = null!;

    /// <summary>Whose data they must not get.</summary>
    public Place Theirs { get; private set; } = null!;

    /// <summary>Whose data may be used up by a test.</summary>
    public Place Spare { get; private set; } = null!;

    /// <summary>An admin key that is bound to <see cref="Spare"/>.</summary>
    public string SpareAdmin { get; private set; } = null!;

    /// <summary>A key that is bound to <see cref="Ours"/>.</summary>
    public string KeyOf(HubRole role) => _keys[role];

    public async ValueTask InitializeAsync()
    {
        if (await BackendAsync() is not { } store)
        {
            return;
        }
        Hub = new StandaloneTopology { Settings = store };
        await Hub.StartAsync();
        var places = await Task.WhenAll(new[] { "ours", "theirs", "spare" }.Select(PlaceAsync));
        (Ours, Theirs, Spare) = (places[0], places[1], places[2]);
        foreach (var role in Enum.GetValues<HubRole>())
        {
            _keys[role] = (await KeyAsync(role, Ours.Location)).Text;
        }
        SpareAdmin = (await KeyAsync(HubRole.Admin, Spare.Location)).Text;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (Hub is not null)
        {
            await Hub.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a key by the API.</summary>
    public async Task<(string Id, string Text)> KeyAsync(HubRole role, string? locationId)
    {
        using var made = await Hub.SendAsync(HttpMethod.Post, "/api/keys", new { name = "test", role, locationId });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (key.GetProperty("keyId").GetString()!, key.GetProperty("key").GetString()!);
    }

    /// <summary>Settings of the store; null where there is none to be had.</summary>
    protected abstract Task<IReadOnlyList<string>?> BackendAsync();

    private async Task<Place> PlaceAsync(string name)
    {
        var (location, contact, marker) = ($"loc-{name}-{NewId.NextGuid():N}", $"c-{name}-{NewId.NextGuid():N}", $"word{NewId.NextGuid():N}");
        await PutAsync($"/api/locations/{location}", new
        {
            name = marker,
            timeZone = "America/Los_Angeles",
            accessToken = $"sim-{location}",
            workflowSecret = $"workflow-{marker}",
            settleWindow = "00:00:00", quietHours = (object?)null,
            activation = new { @default = "on" },
        });
        await PutAsync($"/api/cache/market/{location}", new { facts = new[] { $"Homes near {marker} sell in 12 days." }, asOf = "2026-01-01", source = marker });
        var lead = new Conversation(Hub, location, contact);
        await lead.SayAsync($"Hi, I want to sell my house near {marker}");
        await lead.RepliesAsync(1);
        await lead.SettledTurnAsync(1);
        // The views beside the path come to know of it in their own time.
        foreach (var view in (string[])["leads", "scores", "metrics/activity"])
        {
            await Eventually.BecomesAsync(async () => (await Hub.GetAsync($"/api/{view}?locationId={location}")).ToString(), text => text.Contains(contact, StringComparison.Ordinal));
        }
        await Eventually.BecomesAsync(async () => (await Hub.GetAsync("/api/metrics/locations")).ToString(), text => text.Contains(location, StringComparison.Ordinal));
        var events = (await Hub.GetAsync($"/api/events?locationId={location}")).GetProperty("events");
        return new Place(
            location, contact, $"conv-{contact}", events[0].GetProperty("eventId").GetString()!, await DeadLetterAsync(location, contact), await ReplayAsync(location), (await KeyAsync(HubRole.Viewer, location)).Id, marker);
    }

    /// <summary>A message of the location that its consumer cannot store.</summary>
    private async Task<string> DeadLetterAsync(string location, string contact)
    {
        var bus = Hub.Hosts[0].Services.GetRequiredService<IBus>();
        await bus.Publish(new CrmActionSettled { ActionId = "none", LocationId = location, ContactId = contact, Action = null!, State = "done", At = TimeProvider.System.GetUtcNow() });
        var letters = await Eventually.BecomesAsync(() => Hub.GetAsync($"/api/events/dead-letters?locationId={location}"), page => page.GetProperty("deadLetters").GetArrayLength() > 0);
        return letters.GetProperty("deadLetters")[0].GetProperty("letterId").GetString()!;
    }

    private async Task<string> ReplayAsync(string location)
    {
        using var started = await Hub.SendAsync(HttpMethod.Post, "/api/events/replay", new { filter = new { locationId = location } });
        return (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("replayId").GetString()!;
    }

    private async Task PutAsync(string path, object body)
    {
        using var answer = await Hub.SendAsync(HttpMethod.Put, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}

/// <summary>Over the embedded store: the program's own lock alone.</summary>
public sealed class SqliteNeighbours : Neighbours
{
    protected override Task<IReadOnlyList<string>?> BackendAsync() => Task.FromResult<IReadOnlyList<string>?>([]);
}

/// <summary>Over PostgreSQL: with the database's lock beside it.</summary>
public sealed class PostgresNeighbours : Neighbours
{
    private readonly FreshBackends _backends = new();

    public FreshBackends Backends => _backends;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _backends.DisposeAsync();
    }

    protected override async Task<IReadOnlyList<string>?> BackendAsync()
    {
        await _backends.InitializeAsync();
        return _backends.Missing is null
            ? ["--Store:Provider=Postgres", $"--Store:ConnectionString={_backends.Postgres}", "--Store:RequireRowSecurity=true"]
            : null;
    }
}
