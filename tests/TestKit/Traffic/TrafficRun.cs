using System.Collections.Concurrent;
using System.Net;

namespace EnterpriseHub.TestKit.Traffic;

/// <summary>Where a run goes.</summary>
/// <param name="Hub">The product's front door.</param>
/// <param name="Simulator">The simulator.</param>
/// <param name="AdminKey">API key with the admin role.</param>
/// <param name="Key">The webhook key that the gateway trusts.</param>
public sealed record TrafficTarget(Uri Hub, Uri Simulator, string AdminKey, WebhookKey Key);

/// <summary>Delivers a plan open-loop: every delivery starts when it is due, however the product fares, and is repeated as GHL would until it is taken.</summary>
public sealed class TrafficRun(HttpClient http, TrafficTarget target, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, Handover> _handovers = new();
    private readonly ConcurrentBag<double> _acknowledgements = [];
    private int _refused;

    /// <summary>Messages that were taken.</summary>
    public IReadOnlyList<Handover> Handovers => [.. _handovers.Values.OrderBy(handover => handover.Message.Ref)];

    /// <summary>Milliseconds from due to answered, for each delivery that was taken at the first try.</summary>
    public IReadOnlyList<double> Acknowledgements => [.. _acknowledgements];

    /// <summary>Deliveries that were not taken at some try.</summary>
    public int Refused => _refused;

    /// <summary>Creates the locations of the run: always on, no quiet hours, tokens of the simulator.</summary>
    public async Task ProvisionAsync(TrafficShape shape, TimeSpan settleWindow, CancellationToken cancellation)
    {
        foreach (var location in shape.LocationIds)
        {
            await LocationSetup.PutAsync(http, target.Hub, target.AdminKey, location, settleWindow, active: true, cancellation);
        }
    }

    /// <summary>Delivers everything; returns when the last delivery was taken.</summary>
    /// <exception cref="InvalidOperationException">A delivery was not taken in 12 repeats.</exception>
    public async Task DeliverAsync(IReadOnlyList<DueDelivery> plan, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var startedAt = Now();
        var running = new List<Task>(plan.Count);
        foreach (var delivery in plan)
        {
            var wait = delivery.At - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellation);
            }
            running.Add(DeliverAsync(delivery.Message, startedAt + delivery.At.TotalMilliseconds, cancellation));
        }
        await Task.WhenAll(running);
    }

    private async Task DeliverAsync(LeadMessage message, double due, CancellationToken cancellation)
    {
        for (var repeat = 0; repeat <= 12; repeat++)
        {
            var asked = Now();
            if (await TryDeliverAsync(message, cancellation))
            {
                var accepted = Now();
                if (repeat == 0)
                {
                    _acknowledgements.Add(accepted - due);
                }
                _handovers.AddOrUpdate(message.Ref, new Handover(message, due, asked, accepted),
                    (_, first) => first.AcceptedAt <= accepted ? first : first with { AskedAt = asked, AcceptedAt = accepted });
                return;
            }
            Interlocked.Increment(ref _refused);
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellation);
        }
        throw new InvalidOperationException($"ref {message.Ref} was not taken");
    }

    private async Task<bool> TryDeliverAsync(LeadMessage message, CancellationToken cancellation)
    {
        using var request = message.Request(target.Key, new Uri(target.Hub, "/webhooks/ghl"));
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private double Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
