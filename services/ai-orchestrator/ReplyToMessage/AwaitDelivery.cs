using EnterpriseHub.AiOrchestrator.Storage;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>
/// Waits a moment for the delivery of the turn before: if this very message overtook its reply,
/// the next turn must answer both.
/// </summary>
internal sealed class AwaitDelivery(OrchestratorDatabase database, IOptions<OrchestratorOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);

    public async Task RunAsync(string turnId, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < options.Value.AwaitDelivery && await IsPendingAsync(turnId, cancellation))
        {
            await Task.Delay(LookEvery, time, cancellation);
        }
    }

    private Task<bool> IsPendingAsync(string turnId, CancellationToken cancellation) => database.ReadAsync(
        async session => await session.FirstOrDefaultAsync<string>("SELECT delivery FROM turn WHERE turn_id = @turnId", new { turnId }) == "pending",
        cancellation);
}
