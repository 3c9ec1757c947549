using System.Threading.Channels;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Traffic;

/// <summary>A webhook ready to go.</summary>
internal sealed record SignedWebhook(PlannedWebhook Planned, string Signature);

/// <summary>Signs before the run as much as fits, and the rest while it runs: the driver's own work stays out of the measured time.</summary>
internal static class SignedAhead
{
    /// <summary>About 30 MB.</summary>
    private const int Most = 20_000;

    /// <summary>Returns when the first part is signed.</summary>
    public static async Task<ChannelReader<SignedWebhook>> OfAsync(WebhookPlan plan, WebhookKey key, TimeProvider time, CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<SignedWebhook>(Most);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Task.Run(SignAsync, cancellation);
        await ready.Task.WaitAsync(cancellation);
        return channel.Reader;

        async Task SignAsync()
        {
            try
            {
                foreach (var webhook in plan.Read(time.GetUtcNow()))
                {
                    var signed = new SignedWebhook(webhook, key.Sign(webhook.Body));
                    if (!channel.Writer.TryWrite(signed))
                    {
                        ready.TrySetResult();
                        await channel.Writer.WriteAsync(signed, cancellation);
                    }
                }
                channel.Writer.Complete();
            }
            catch (Exception wrong)
            {
                channel.Writer.Complete(wrong);
            }
            ready.TrySetResult();
        }
    }
}
