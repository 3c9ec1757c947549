using System.Threading.Channels;
using EnterpriseHub.Simulator.Ghl.State;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>Tells the product about its own sends, as GHL does, when <c>Simulator:EchoOutbound</c> is on.</summary>
internal sealed class OutboundEcho(IOptions<SimulatorOptions> options, IServiceProvider services) : BackgroundService
{
    private readonly Channel<SimMessage> saved = Channel.CreateBounded<SimMessage>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Saved(SimMessage message)
    {
        if (options.Value.EchoOutbound)
        {
            saved.Writer.TryWrite(message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sender = services.GetRequiredService<WebhookSender>();
        var store = services.GetRequiredService<GhlStore>();
        var time = services.GetRequiredService<TimeProvider>();
        try
        {
            await Parallel.ForEachAsync(saved.Reader.ReadAllAsync(stoppingToken), stoppingToken, async (message, token) =>
            {
                string phone;
                lock (store.Gate)
                {
                    phone = store.Contact(message.ContactId, message.LocationId)?.Field("phone") ?? "";
                }
                await sender.SendAsync(WebhookBody.Of(message, phone, time.GetUtcNow()), token);
            });
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; what was not echoed is lost, as it may be with GHL.
        }
    }
}
