using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Caching;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;

/// <summary>The lead's last score, if the scoring service left one in the cache; nobody is asked on the path.</summary>
internal sealed class ReadScore(IHubCache cache)
{
    public async Task<LeadScored?> RunAsync(Turn turn, CancellationToken cancellation) =>
        await cache.GetAsync<LeadScored>(new CacheKey(turn.Key.LocationId, "score", turn.ContactId), cancellation);
}
