using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Platform.Caching;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Cache.Tests;

/// <summary>The module over the platform's own cache in one process, as in standalone.</summary>
public sealed class PlatformCacheTests
{
    [Fact]
    public async Task A_contact_is_warm_although_readers_missed_it_before()
    {
        await using var host = await ModuleHost.StartAsync(new CacheModule());
        var cache = host.Services.GetRequiredService<IHubCache>();
        var key = new CacheKey("loc1", "contact", "c");
        Assert.Null(await cache.GetAsync<ContactSnapshot>(key, CancellationToken.None));
        foreach (var name in new[] { "Ann", "Beth" })
        {
            var now = TimeProvider.System.GetUtcNow();
            await host.PublishAsync(new ContactChanged
            {
                EventId = name, LocationId = "loc1", ContactId = "c", Change = "updated", At = now,
                Contact = new ContactSnapshot { LocationId = "loc1", ContactId = "c", Known = true, FirstName = name, AsOf = now },
            });
            await Eventually.BecomesAsync(() => cache.GetAsync<ContactSnapshot>(key, CancellationToken.None).AsTask(), contact => contact?.FirstName == name);
        }
    }
}
