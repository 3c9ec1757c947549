using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Platform.Caching;

namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>A cache that knows every contact and nothing else: what a turn is told of its lead is not what is modelled.</summary>
internal sealed class ContactsAtHand : IHubCache
{
    public ValueTask<T?> GetAsync<T>(CacheKey key, CancellationToken cancellation)
        where T : class => ValueTask.FromResult(
            (key.Kind == "contact" ? new ContactSnapshot { LocationId = key.LocationId, ContactId = key.Id, Known = true } : null) as T);

    public ValueTask SetAsync<T>(CacheKey key, T value, TimeSpan lifetime, IReadOnlyList<string> tags, CancellationToken cancellation)
        where T : class => ValueTask.CompletedTask;

    public ValueTask InvalidateAsync(string locationId, string tag, CancellationToken cancellation) => ValueTask.CompletedTask;
}
