using System.ComponentModel.DataAnnotations;

namespace EnterpriseHub.Platform.Http;

/// <summary>The HTTP surface; section <c>Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, addresses or networks (<c>10.0.0.0/8</c>).</summary>
    /// <value>Default none; loopback is always believed.</value>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>Largest request body in bytes, unless an endpoint sets its own.</summary>
    /// <value>Default 2 MiB; 1 kB to 1 GB.</value>
    [Range(1_000, 1_000_000_000, ErrorMessage = "Http:MaxBodyBytes must be 1000 to 1000000000.")]
    public long MaxBodyBytes { get; init; } = 2 * 1024 * 1024;
}
