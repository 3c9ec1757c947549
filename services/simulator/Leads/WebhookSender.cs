using System.Net.Http.Headers;
using EnterpriseHub.Platform.Hosting;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Simulator.Leads;

/// <summary>Signs and delivers webhooks; retries what is not answered 2xx, a few times and soon.</summary>
internal sealed class WebhookSender(WebhookKey key, SelfAddress self, IOptions<LeadOptions> options, TimeProvider time, ILogger<WebhookSender> log) : IDisposable
{
    private const int Attempts = 6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly HttpClient client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(15) };
    private long retries;

    public long Retries => Interlocked.Read(ref retries);

    /// <returns>True when a 2xx came in the end.</returns>
    public async Task<bool> SendAsync(byte[] body, CancellationToken cancellation)
    {
        var target = self.Resolve(options.Value.Target);
        var signature = key.Sign(body);
        for (var attempt = 1; ; attempt++)
        {
            var (answered, wait) = await TryAsync(target, body, signature, cancellation);
            if (answered)
            {
                return true;
            }
            if (attempt == Attempts)
            {
                log.LogWarning("A webhook to {Target} was given up after {Attempts} attempts", target, Attempts);
                return false;
            }
            Interlocked.Increment(ref retries);
            var backoff = TimeSpan.FromMilliseconds(250 * Math.Pow(2, attempt));
            await Task.Delay(wait is { } asked && asked < LongestWait ? asked : backoff, time, cancellation);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<(bool Answered, TimeSpan? Wait)> TryAsync(string target, byte[] body, string signature, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-GHL-Signature", signature);
            using var response = await client.SendAsync(request, cancellation);
            return (response.IsSuccessStatusCode, response.Headers.RetryAfter?.Delta);
        }
        catch (Exception lost) when (lost is HttpRequestException || (lost is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return (false, null);
        }
    }
}
