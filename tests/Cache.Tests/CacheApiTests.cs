using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnterpriseHub.Contracts.Caching;
using EnterpriseHub.Platform.Caching;
using EnterpriseHub.Platform.Observability;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Hosting;
using Command = EnterpriseHub.Contracts.Caching.InvalidateCache;

namespace EnterpriseHub.Cache.Tests;

public sealed class CacheApiTests(CacheHost cache) : IClassFixture<CacheHost>
{
    private static readonly object Good = new { facts = new[] { " Median price in Alta Loma: $810,000. " }, asOf = "2026-10-31", source = "local MLS report" };

    [Fact]
    public async Task Market_facts_are_stored_warmed_and_read_back()
    {
        using var put = await SendAsync(HttpMethod.Put, "/api/cache/market/loc1", Good);
        var cached = await cache.Cache.GetAsync<MarketContext>(new CacheKey("loc1", "market"), CancellationToken.None);
        var read = await cache.Host.Http.GetFromJsonAsync<MarketContext>(new Uri("/api/cache/market/loc1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("Median price in Alta Loma: $810,000.", Assert.Single(cached!.Facts));
        Assert.Equal(new DateOnly(2026, 10, 31), read!.AsOf);
    }

    [Fact]
    public async Task Stored_market_facts_are_warm_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("hub-cache-").FullName;
        await using (var first = await ModuleHost.StartAsync([], data, new CacheModule(), new TinyCacheModule()))
        {
            using var put = await first.Http.PutAsJsonAsync(new Uri("/api/cache/market/loc9", UriKind.Relative), Good);
            put.EnsureSuccessStatusCode();
        }
        await using (var second = await ModuleHost.StartAsync([], data, new CacheModule(), new TinyCacheModule()))
        {
            var fresh = (TinyCache)second.Services.GetService(typeof(TinyCache))!;
            await Eventually.BecomesAsync(
                () => fresh.GetAsync<MarketContext>(new CacheKey("loc9", "market"), CancellationToken.None).AsTask(), found => found is not null);
        }
        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [InlineData("""{"facts":[],"asOf":"2026-10-31","source":"mls"}""")]
    [InlineData("""{"facts":["a\nb"],"asOf":"2026-10-31","source":"mls"}""")]
    [InlineData("""{"facts":["a"],"asOf":"2999-01-01","source":"mls"}""")]
    [InlineData("""{"facts":["a"],"asOf":"2026-10-31","source":" "}""")]
    [InlineData("""{"facts":["a"],"asOf":"soon","source":"mls"}""")]
    public async Task Market_facts_that_no_reply_could_state_are_refused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await cache.Host.Http.PutAsync(new Uri("/api/cache/market/loc3", UriKind.Relative), content);
        using var read = await cache.Host.Http.GetAsync(new Uri("/api/cache/market/loc3", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task Another_locations_market_does_not_exist_for_a_bound_key()
    {
        using var put = await SendAsync(HttpMethod.Put, "/api/cache/market/loc1", Good, "Operator:loc2");
        using var get = await SendAsync(HttpMethod.Get, "/api/cache/market/loc1", null, "Viewer:loc2");
        using var forget = await SendAsync(HttpMethod.Post, "/api/cache/invalidate", new { locationId = "loc1", tag = "*" }, "Operator:loc2");
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [put.StatusCode, get.StatusCode, forget.StatusCode]);
    }

    [Fact]
    public async Task An_operator_forgets_by_tag_and_only_in_the_one_location()
    {
        var (mine, theirs) = (new CacheKey("loc5", "contact", "x"), new CacheKey("loc6", "contact", "x"));
        await cache.Cache.SetAsync(mine, "mine", TimeSpan.FromMinutes(1), ["contact:x"], CancellationToken.None);
        await cache.Cache.SetAsync(theirs, "theirs", TimeSpan.FromMinutes(1), ["contact:x"], CancellationToken.None);
        using var answer = await SendAsync(HttpMethod.Post, "/api/cache/invalidate", new { locationId = "loc5", tag = "contact:x" });
        using var wrong = await SendAsync(HttpMethod.Post, "/api/cache/invalidate", new { locationId = "loc5", tag = "two words" });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Null(await cache.Cache.GetAsync<string>(mine, CancellationToken.None));
        Assert.NotNull(await cache.Cache.GetAsync<string>(theirs, CancellationToken.None));
    }

    [Fact]
    public async Task Market_facts_that_were_forgotten_are_built_again_from_the_store()
    {
        using var put = await SendAsync(HttpMethod.Put, "/api/cache/market/loc8", Good);
        using var answer = await SendAsync(HttpMethod.Post, "/api/cache/invalidate", new { locationId = "loc8", tag = "*" });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.NotNull(await cache.Cache.GetAsync<MarketContext>(new CacheKey("loc8", "market"), CancellationToken.None));
    }

    [Fact]
    public async Task A_module_forgets_by_a_command_on_the_bus()
    {
        await cache.Host.PublishAsync(new Command { LocationId = "loc7", Tag = "market", RequestedBy = "test" });
        await cache.CalledAsync("forget loc7 market");
    }

    [Fact]
    public async Task Statistics_are_the_sum_of_the_caches_own_instruments()
    {
        var hits = HubMetrics.Meter.CreateCounter<long>("cache.hits");
        var misses = HubMetrics.Meter.CreateCounter<long>("cache.misses");
        hits.Add(2, new("level", "memory"), new("kind", "statistics-test"));
        hits.Add(1, new("level", "redis"), new("kind", "statistics-test"));
        misses.Add(1, new KeyValuePair<string, object?>("kind", "statistics-test"));
        var statistics = await cache.Host.Http.GetFromJsonAsync<JsonElement>(new Uri("/api/cache/statistics", UriKind.Relative));
        var kind = statistics.GetProperty("kinds").EnumerateArray().Single(one => one.GetProperty("kind").GetString() == "statistics-test");
        Assert.Equal(2, kind.GetProperty("hits").GetProperty("memory").GetInt64());
        Assert.Equal(1, kind.GetProperty("hits").GetProperty("redis").GetInt64());
        Assert.Equal(0.75, kind.GetProperty("hitRate").GetDouble());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? caller = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        if (caller is not null)
        {
            request.Headers.Add(TestCallers.Header, caller);
        }
        return await cache.Host.Http.SendAsync(request);
    }
}
