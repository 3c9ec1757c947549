using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.Platform.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.Platform.Tests.Tenants;

/// <summary>What an endpoint gets of the store is its caller's, also where it forgets to ask whose.</summary>
public sealed class CallerRowsTests
{
    private static readonly TestModule Forgetful = new()
    {
        Services = services => services.AddModuleDatabase<TenantDatabase>(),
        Endpoints = routes =>
        {
            routes.MapKeyEndpoints();
            routes.MapGet("/api/parcels", (TenantDatabase database, CancellationToken cancellation) => database.AllAsync(cancellation));
            routes.MapPost("/api/parcels/{locationId}", async (string locationId, TenantDatabase database, CancellationToken cancellation) =>
                TypedResults.Ok(await database.AddAsync(locationId, cancellation)));
            routes.MapGet("/api/parcels/stream", Stream);
        },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endpoint_that_forgets_to_ask_whose_rows_answers_with_the_callers_own()
    {
        await using var store = await Stores.OpenAsync(Stores.Postgres);
        await using var hub = await Hub.StartAsync(Forgetful, store.Settings);
        using var all = hub.Client();
        foreach (var location in (string[])["a", "b", "b"])
        {
            Assert.Equal(HttpStatusCode.OK, (await all.PostAsync($"/api/parcels/{location}", null, Stop)).StatusCode);
        }
        using var bound = hub.Client(await KeyAsync(all, "a"));
        foreach (var path in (string[])["/api/parcels", "/api/parcels/stream"])
        {
            Assert.Equal("""["a"]""", await bound.GetStringAsync(path, Stop));
            Assert.Equal("""["a","b","b"]""", await all.GetStringAsync(path, Stop));
        }
        Assert.Equal(HttpStatusCode.InternalServerError, (await bound.PostAsync("/api/parcels/b", null, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bound.PostAsync("/api/parcels/a", null, Stop)).StatusCode);
        Assert.Equal("""["a","b","b","a"]""", await all.GetStringAsync("/api/parcels", Stop));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Asking_for_anothers_key_does_not_lock_it_out(string name)
    {
        await using var store = await Stores.OpenAsync(name);
        await using var hub = await Hub.StartAsync(Forgetful, store.Settings);
        using var all = hub.Client();
        var key = await KeyAsync(all, "b");
        using var admin = hub.Client(await KeyAsync(all, "a"));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"/api/keys/{key.Split('_')[1]}", Stop)).StatusCode);

        using var other = hub.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/keys", Stop)).StatusCode);
    }

    private static async Task<string> KeyAsync(HttpClient admin, string locationId)
    {
        using var made = await admin.PostAsJsonAsync("/api/keys", new { name = "test", role = "admin", locationId }, Stop);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("key").GetString()!;
    }

    /// <summary>Asks only while the answer is being written, as a live stream does.</summary>
    private static async IAsyncEnumerable<string> Stream(TenantDatabase database)
    {
        foreach (var parcel in await database.AllAsync(Stop))
        {
            yield return parcel;
        }
    }
}
