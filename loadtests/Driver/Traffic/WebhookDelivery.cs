using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Traffic;

/// <summary>
/// Delivers webhooks as HighLevel does: what is refused comes again, unchanged, until it is taken. Time-compressed: after the answer's
/// Retry-After, or a second, instead of ten minutes.
/// </summary>
internal sealed class WebhookDelivery(HttpClient http, Uri hub, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Handover> _handovers = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private int _webhooks;

    /// <summary>Messages that were taken and want an answer. Kept small: a run may have a million of them.</summary>
    public ConcurrentDictionary<int, Handover> Handovers => _handovers;

    /// <summary>Webhooks that were taken, of every kind.</summary>
    public int Webhooks => _webhooks;

    /// <summary>From due to answered 200, of what was taken at the first try.</summary>
    public Latencies Acknowledged { get; } = new();

    /// <summary>From due to answered 200, of what was refused at least once.</summary>
    public Latencies TakenLater { get; } = new();

    /// <summary>Answers other than 200, by status; <c>none</c> where there was no answer.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <exception cref="InvalidOperationException">It was not taken in the patience.</exception>
    public async Task DeliverAsync(SignedWebhook webhook, double due)
    {
        var began = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var asked = Now();
            var (taken, pause) = await TryAsync(webhook);
            if (taken)
            {
                var accepted = Now();
                (attempt == 1 ? Acknowledged : TakenLater).Record(accepted - due);
                Interlocked.Increment(ref _webhooks);
                Remember(webhook.Planned.Message, due, asked, accepted);
                return;
            }
            if (time.GetElapsedTime(began) > patience)
            {
                throw new InvalidOperationException($"a webhook was not taken in {patience.TotalSeconds} s; answers: {string.Join(", ", _refusals)}");
            }
            await Task.Delay(pause, time, CancellationToken.None);
        }
    }

    private void Remember(LeadMessage? message, double due, double asked, double accepted)
    {
        if (message is null)
        {
            return;
        }
        var handover = new Handover(message with { Text = "", WebhookId = "", MessageId = "" }, due, asked, accepted);
        _handovers.AddOrUpdate(message.Ref, handover, (_, first) => first.AcceptedAt <= accepted ? first : handover with { DueAt = Math.Min(due, first.DueAt) });
    }

    private async Task<(bool Taken, TimeSpan Pause)> TryAsync(SignedWebhook webhook)
    {
        using var content = new ByteArrayContent(webhook.Planned.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub, "/webhooks/ghl")) { Content = content };
        request.Headers.Add("X-GHL-Signature", webhook.Signature);
        try
        {
            using var answer = await http.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return (true, Pause);
            }
            _refusals.AddOrUpdate(((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), 1, (_, count) => count + 1);
            return (false, answer.Headers.RetryAfter?.Delta ?? Pause);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            _refusals.AddOrUpdate("none", 1, (_, count) => count + 1);
            return (false, Pause);
        }
    }

    private double Now() => OpenLoop.UnixMs(time.GetUtcNow());
}
