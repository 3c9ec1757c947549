using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Platform.Caching;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Cache.WarmCache;

/// <summary>
/// Keeps the cached contact as fresh as the gateway's mirror: first every instance forgets the old one, then the new one is
/// written. Twice is the same as once; an older change does not replace a newer one.
/// </summary>
internal sealed class WarmContactConsumer(IHubCache cache, IOptions<WarmingOptions> options, TimeProvider time) : IConsumer<ContactChanged>
{
    private const string Kind = "contact";

    public async Task Consume(ConsumeContext<ContactChanged> context)
    {
        var message = context.Message;
        var key = new CacheKey(message.LocationId, Kind, message.ContactId);
        var gone = new CacheKey(message.LocationId, ContactGone.Kind, message.ContactId);
        var tag = $"contact:{message.ContactId}";
        if (message.Contact is not { } contact)
        {
            await cache.InvalidateAsync(message.LocationId, tag, context.CancellationToken);
            await cache.InvalidateAsync(message.LocationId, $"score:{message.ContactId}", context.CancellationToken);
            await cache.ReplaceAsync(gone, new ContactGone(message.At), options.Value.ContactLifetime, $"{ContactGone.Kind}:{message.ContactId}", context.CancellationToken);
            return;
        }
        var asOf = contact.AsOf == default ? message.At : contact.AsOf;
        if (await cache.GetAsync<ContactGone>(gone, context.CancellationToken) is { } deleted && deleted.At >= asOf)
        {
            return;
        }
        if (await cache.GetAsync<ContactSnapshot>(key, context.CancellationToken) is { } cached && cached.AsOf > asOf)
        {
            return;
        }
        var left = options.Value.ContactLifetime - (time.GetUtcNow() - asOf);
        if (!contact.Known || left <= TimeSpan.Zero)
        {
            await cache.InvalidateAsync(message.LocationId, tag, context.CancellationToken);
            return;
        }
        var lifetime = left < options.Value.ContactLifetime ? left : options.Value.ContactLifetime;
        await cache.ReplaceAsync(key, contact, lifetime, tag, context.CancellationToken);
    }
}

internal sealed class WarmContactConsumerDefinition : ConsumerDefinition<WarmContactConsumer>
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<WarmContactConsumer> consumerConfigurator, IRegistrationContext context) =>
        // Compare and write are two calls: changes of one contact go one after the other.
        consumerConfigurator.Message<ContactChanged>(changed =>
            changed.UsePartitioner(16, message => $"{message.Message.LocationId}/{message.Message.ContactId}"));
}
