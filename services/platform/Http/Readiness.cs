using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Http;

/// <summary>
/// Ready: migrations are done and every module has started; not ready before that and as soon as the process is told to stop.
/// Broker, cache and upstreams do not count: a service that waits for them keeps what it accepts.
/// </summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime)
{
    public bool IsReady => lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
}
