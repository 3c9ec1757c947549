using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Caching;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Cache.WarmCache;

/// <summary>Keeps the cached score as new as the published one; an older score does not replace a newer one.</summary>
internal sealed class WarmScoreConsumer(IHubCache cache, IOptions<WarmingOptions> options) : IConsumer<LeadScored>
{
    private const string Kind = "score";

    public async Task Consume(ConsumeContext<LeadScored> context)
    {
        var scored = context.Message;
        var key = new CacheKey(scored.LocationId, Kind, scored.ContactId);
        if (await cache.GetAsync<LeadScored>(key, context.CancellationToken) is { } cached && cached.At > scored.At)
        {
            return;
        }
        var tag = $"score:{scored.ContactId}";
        if (scored.Score is null)
        {
            await cache.InvalidateAsync(scored.LocationId, tag, context.CancellationToken);
            return;
        }
        await cache.ReplaceAsync(key, scored, options.Value.ScoreLifetime, tag, context.CancellationToken);
    }
}

internal sealed class WarmScoreConsumerDefinition : ConsumerDefinition<WarmScoreConsumer>
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<WarmScoreConsumer> consumerConfigurator, IRegistrationContext context) =>
        consumerConfigurator.Message<LeadScored>(scored =>
            scored.UsePartitioner(16, message => $"{message.Message.LocationId}/{message.Message.ContactId}"));
}
