using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Caching;

namespace EnterpriseHub.Cache.Tests;

public sealed class WarmCacheTests(CacheHost cache) : IClassFixture<CacheHost>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_changed_contact_is_warm_and_the_old_one_is_forgotten_everywhere_first()
    {
        await cache.Host.PublishAsync(Changed("first", "Ann", Now));
        var snapshot = await cache.CachedAsync<ContactSnapshot>(Key("first"), found => found is not null);
        var calls = cache.Cache.Calls.Where(call => call.Contains("first", StringComparison.Ordinal)).ToList();
        Assert.Equal("Ann", snapshot!.FirstName);
        Assert.Equal(["forget loc1 contact:first", "set loc1 contact first"], calls);
        Assert.True(cache.Cache.LifetimeOf(Key("first")) <= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_older_change_that_comes_late_does_not_replace_a_newer_one()
    {
        await cache.Host.PublishAsync(Changed("order", "New", Now));
        await cache.CachedAsync<ContactSnapshot>(Key("order"), found => found is not null);
        await cache.Host.PublishAsync(Changed("order", "Old", Now.AddSeconds(-20)));
        await PassAsync();
        Assert.Equal("New", (await cache.Cache.GetAsync<ContactSnapshot>(Key("order"), CancellationToken.None))!.FirstName);
    }

    [Fact]
    public async Task A_deleted_contact_is_removed_with_its_score_and_stays_removed()
    {
        await cache.Host.PublishAsync(Changed("gone", "Ann", Now.AddSeconds(-2)));
        await cache.Host.PublishAsync(Scored("gone", 40, Now));
        await cache.CachedAsync<ContactSnapshot>(Key("gone"), found => found is not null);
        await cache.CachedAsync<LeadScored>(Score("gone"), found => found is not null);
        await cache.Host.PublishAsync(new ContactChanged { EventId = "e", LocationId = "loc1", ContactId = "gone", Change = "deleted", At = Now });
        await cache.CachedAsync<ContactSnapshot>(Key("gone"), found => found is null);
        await cache.CachedAsync<LeadScored>(Score("gone"), found => found is null);
        await cache.Host.PublishAsync(Changed("gone", "Late", Now.AddSeconds(-1)));
        await PassAsync();
        Assert.Null(await cache.Cache.GetAsync<ContactSnapshot>(Key("gone"), CancellationToken.None));
    }

    [Fact]
    public async Task A_contact_that_GHL_did_not_tell_of_is_not_cached()
    {
        await cache.Host.PublishAsync(Changed("unknown", "?", Now, known: false));
        await cache.CalledAsync("forget loc1 contact:unknown");
        Assert.Null(await cache.Cache.GetAsync<ContactSnapshot>(Key("unknown"), CancellationToken.None));
    }

    [Fact]
    public async Task A_snapshot_older_than_a_minute_is_not_cached()
    {
        await cache.Host.PublishAsync(Changed("stale", "Ann", Now.AddMinutes(-2)));
        await cache.CalledAsync("forget loc1 contact:stale");
        Assert.Null(await cache.Cache.GetAsync<ContactSnapshot>(Key("stale"), CancellationToken.None));
    }

    [Fact]
    public async Task The_newest_score_is_warm_and_a_withdrawn_one_is_removed()
    {
        await cache.Host.PublishAsync(Scored("lead", 60, Now));
        await cache.CachedAsync<LeadScored>(Score("lead"), found => found?.Score == 60);
        await cache.Host.PublishAsync(Scored("lead", 10, Now.AddMinutes(-1)));
        await PassAsync();
        Assert.Equal(60, (await cache.Cache.GetAsync<LeadScored>(Score("lead"), CancellationToken.None))!.Score);
        await cache.Host.PublishAsync(Scored("lead", null, Now.AddMinutes(1)));
        await cache.CachedAsync<LeadScored>(Score("lead"), found => found is null);
    }

    /// <summary>A later change of another contact has passed: what came before it on these queues was handled or is being handled now.</summary>
    private async Task PassAsync()
    {
        var marker = $"marker-{MassTransit.NewId.NextGuid():N}";
        await cache.Host.PublishAsync(Changed(marker, "Ann", TimeProvider.System.GetUtcNow()));
        await cache.Host.PublishAsync(Scored(marker, 1, Now));
        await cache.CachedAsync<ContactSnapshot>(Key(marker), found => found is not null);
        await cache.CachedAsync<LeadScored>(Score(marker), found => found is not null);
    }

    private static CacheKey Key(string contact) => new("loc1", "contact", contact);

    private static CacheKey Score(string contact) => new("loc1", "score", contact);

    private static LeadScored Scored(string contact, int? score, DateTimeOffset at) =>
        new() { LocationId = "loc1", ContactId = contact, Score = score, Model = "rules-1", At = at };

    private static ContactChanged Changed(string contact, string name, DateTimeOffset asOf, bool known = true) => new()
    {
        EventId = $"event-{contact}", LocationId = "loc1", ContactId = contact, Change = "updated", At = asOf,
        Contact = new ContactSnapshot { LocationId = "loc1", ContactId = contact, Known = known, FirstName = name, AsOf = asOf },
    };
}
