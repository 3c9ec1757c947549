using Microsoft.Extensions.Hosting;

namespace EnterpriseHub.Platform.Observability;

/// <summary>Traces and metrics.</summary>
public static class TelemetrySetup
{
    internal static void AddTelemetry(this IHostApplicationBuilder builder) => _ = builder;
}
