using System.Net;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>
/// The one connection pool to GHL. HTTP/1.1 without redirects, proxy or cookies. The framework itself repeats a request on a dead
/// pooled connection only before it writes the body, and every write of ours has one: a body goes out at most once.
/// </summary>
internal sealed class GhlHttp : IDisposable
{
    private readonly HttpMessageInvoker _invoker;

    public GhlHttp(IOptions<GhlOptions> options)
        : this(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = options.Value.ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 256,
            MaxResponseHeadersLength = 64,
        })
    {
    }

    /// <summary>Another way to GHL, for tests.</summary>
    internal GhlHttp(HttpMessageHandler way) => _invoker = new(way);

    /// <summary>Sends and returns at the answer's headers.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return _invoker.SendAsync(request, cancellation);
    }

    public void Dispose() => _invoker.Dispose();
}
