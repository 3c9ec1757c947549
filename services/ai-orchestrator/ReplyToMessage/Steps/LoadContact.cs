using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Platform.Caching;
using MassTransit;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;

/// <summary>Tags and do-not-disturb of the contact: from the cache at once, else from the gateway, which owns them.</summary>
internal sealed class LoadContact(IHubCache cache, IServiceScopeFactory scopes)
{
    public async Task<ContactSnapshot> RunAsync(Turn turn, TimeSpan patience, CancellationToken cancellation)
    {
        var cached = await cache.GetAsync<ContactSnapshot>(new CacheKey(turn.Key.LocationId, "contact", turn.ContactId), cancellation);
        if (cached is { Known: true } && cached.LocationId == turn.Key.LocationId && cached.ContactId == turn.ContactId)
        {
            return cached;
        }
        await using var scope = scopes.CreateAsyncScope();
        var gateway = scope.ServiceProvider.GetRequiredService<IRequestClient<LookUpContact>>();
        var answer = await gateway.GetResponse<ContactSnapshot>(
            new LookUpContact { LocationId = turn.Key.LocationId, ContactId = turn.ContactId }, cancellation, RequestTimeout.After(ms: (int)patience.TotalMilliseconds));
        return answer.Message;
    }

    /// <summary>What is taken when nobody knows: nothing may be sent.</summary>
    public static ContactSnapshot Unknown(Turn turn) =>
        new() { LocationId = turn.Key.LocationId, ContactId = turn.ContactId, Known = false };
}
