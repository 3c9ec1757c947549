using System.Net.Http.Json;
using EnterpriseHub.Contracts.Caching;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Platform.Caching;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Backends;
using EnterpriseHub.TestKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Cache.Tests;

/// <summary>The module over the platform's own cache on Redis, PostgreSQL and RabbitMQ, with two instances.</summary>
public sealed class ServerTests : IClassFixture<FreshBackends>
{
    private readonly FreshBackends _servers;

    public ServerTests(FreshBackends servers)
    {
        servers.Require();
        _servers = servers;
    }

    [Fact]
    public async Task What_one_instance_warms_changes_and_forgets_the_other_sees()
    {
        await using var first = await ModuleHost.StartAsync(_servers.Settings, null, new CacheModule());
        await using var second = await ModuleHost.StartAsync(_servers.Settings, null, new CacheModule());
        var (one, two) = (first.Services.GetRequiredService<IHubCache>(), second.Services.GetRequiredService<IHubCache>());
        foreach (var price in new[] { "$810,000", "$820,000" })
        {
            using var put = await first.Http.PutAsJsonAsync(
                new Uri("/api/cache/market/loc1", UriKind.Relative), new { facts = new[] { $"Median {price}" }, asOf = "2026-10-31", source = "mls" });
            put.EnsureSuccessStatusCode();
            await SeesAsync<MarketContext>(two, new CacheKey("loc1", "market"), market => market?.Facts[0] == $"Median {price}");
        }
        await first.PublishAsync(Contact("Ann", TimeProvider.System.GetUtcNow()));
        await SeesAsync<ContactSnapshot>(one, new CacheKey("loc1", "contact", "c"), contact => contact?.FirstName == "Ann");
        await SeesAsync<ContactSnapshot>(two, new CacheKey("loc1", "contact", "c"), contact => contact?.FirstName == "Ann");
        await second.PublishAsync(Contact("Beth", TimeProvider.System.GetUtcNow()));
        await SeesAsync<ContactSnapshot>(one, new CacheKey("loc1", "contact", "c"), contact => contact?.FirstName == "Beth");
        using var forget = await second.Http.PostAsJsonAsync(new Uri("/api/cache/invalidate", UriKind.Relative), new { locationId = "loc1", tag = "*" });
        await SeesAsync<ContactSnapshot>(one, new CacheKey("loc1", "contact", "c"), contact => contact is null);
    }

    private static Task SeesAsync<T>(IHubCache cache, CacheKey key, Func<T?, bool> right)
        where T : class => Eventually.BecomesAsync(() => cache.GetAsync<T>(key, CancellationToken.None).AsTask(), right);

    private static ContactChanged Contact(string name, DateTimeOffset asOf) => new()
    {
        EventId = $"event-{name}", LocationId = "loc1", ContactId = "c", Change = "updated", At = asOf,
        Contact = new ContactSnapshot { LocationId = "loc1", ContactId = "c", Known = true, FirstName = name, AsOf = asOf },
    };
}
