using System.Net;
using Polly;
using Polly.Retry;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>The connection to the API: pooled, HTTP/2 over TLS, one quick retry, a bound on the answer's size.</summary>
internal sealed class ClaudeHttp : DelegatingHandler
{
    private const long LargestAnswer = 256 * 1024;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly ResiliencePipeline<HttpResponseMessage> _retry;

    /// <param name="options">Connections at most.</param>
    /// <param name="time">Clock of the retry.</param>
    /// <param name="way">Another way to the API, for tests.</param>
    public ClaudeHttp(ClaudeOptions options, TimeProvider time, HttpMessageHandler? way = null)
        : base(way ?? new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            ConnectTimeout = TimeSpan.FromSeconds(3),
            MaxConnectionsPerServer = options.Connections,
            EnableMultipleHttp2Connections = true,
            AutomaticDecompression = DecompressionMethods.GZip,
            AllowAutoRedirect = false,
            // A cancelled think must not go on being billed while a drain waits.
            ResponseDrainTimeout = TimeSpan.Zero,
        })
    {
        _retry = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 1,
                ShouldHandle = attempt => ValueTask.FromResult(PauseBefore(attempt.Outcome) is not null),
                DelayGenerator = attempt => ValueTask.FromResult(PauseBefore(attempt.Outcome)),
            })
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.Scheme == Uri.UriSchemeHttps)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }
        var response = await _retry.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken);
        await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        return response;
    }

    /// <summary>
    /// Null where another try does not help or would take too long. A 429 without retry-after is the spend limit.
    /// A connection that failed carried no request; a broken one may have, and is left to the turn's own retry.
    /// </summary>
    private static TimeSpan? PauseBefore(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } }
            => TimeSpan.FromMilliseconds(50),
        { Result: { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } pause } } when pause <= LongestPause => pause,
        { Result: { StatusCode: (HttpStatusCode)529 } overloaded } when (overloaded.Headers.RetryAfter?.Delta ?? TimeSpan.Zero) <= LongestPause
            => TimeSpan.FromMilliseconds(200),
        _ => null,
    };
}
