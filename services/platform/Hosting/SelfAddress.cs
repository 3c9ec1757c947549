using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace EnterpriseHub.Platform.Hosting;

/// <summary>Where this process listens; lets a setting such as <c>/sim/ghl</c> mean a path of this very process.</summary>
public sealed class SelfAddress(IServer server, IConfiguration configuration)
{
    /// <summary>Makes an absolute address of a setting.</summary>
    /// <param name="setting">An absolute URL, or a path of this process that starts with <c>/</c>.</param>
    /// <returns>An absolute URL without a trailing slash.</returns>
    /// <exception cref="InvalidOperationException">A path was given before the server listens, and no port is configured.</exception>
    public string Resolve(string setting)
    {
        if (!setting.StartsWith('/'))
        {
            return setting.TrimEnd('/');
        }
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? Configured()
            ?? throw new InvalidOperationException("The server does not listen yet.");
        var own = new Uri(address.Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal));
        var host = own.Host is "0.0.0.0" or "[::]" ? "127.0.0.1" : own.Host;
        return $"{own.Scheme}://{host}:{own.Port}{setting}".TrimEnd('/');
    }

    /// <summary>Consumers start a moment before the server listens; a fixed port is known by then.</summary>
    private string? Configured() =>
        configuration["urls"]?.Split(';')[0] is { Length: > 0 } first && !first.EndsWith(":0", StringComparison.Ordinal) ? first : null;
}
