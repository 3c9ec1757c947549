using EnterpriseHub.Platform.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EnterpriseHub.Platform.Observability;

/// <summary>Metrics for <c>/metrics</c> always; traces and metrics to a collector when <c>Otlp:Endpoint</c> is set.</summary>
public static class TelemetrySetup
{
    private static readonly string[] Meters =
    [
        "EnterpriseHub", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql", "MassTransit",
    ];

    private static readonly string[] Sources = ["EnterpriseHub", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit"];

    internal static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var otlp = builder.ReadOptions<OtlpOptions>("Otlp");
        builder.ReadOptions<MetricsOptions>("Metrics");
        var collector = Collector(otlp);
        builder.Services.AddSingleton<PrometheusScrape>();
        builder.Services.AddSingleton(services => BuildMeters(services, otlp, collector));
        builder.Services.AddHostedService<TelemetryLife>();
        if (collector is not null)
        {
            builder.Services.AddSingleton(services => BuildTracer(services, otlp, collector));
        }
    }

    private static Uri? Collector(OtlpOptions options) => string.IsNullOrWhiteSpace(options.Endpoint) ? null
        : Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new SettingException("Otlp:Endpoint", options.Endpoint, "an http:// or https:// address of a collector, or nothing");

    private static MeterProvider BuildMeters(IServiceProvider services, OtlpOptions options, Uri? collector)
    {
        var meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(services))
            .AddMeter(Meters)
            .AddReader(services.GetRequiredService<PrometheusScrape>().Reader);
        if (collector is not null)
        {
            meters.AddOtlpExporter(exporter => Address(exporter, options, collector, "v1/metrics"));
        }
        return meters.Build();
    }

    private static TracerProvider BuildTracer(IServiceProvider services, OtlpOptions options, Uri collector) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource(services))
        .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceRatio)))
        .AddSource(Sources)
        .AddOtlpExporter(exporter => Address(exporter, options, collector, "v1/traces"))
        .Build();

    private static void Address(OtlpExporterOptions exporter, OtlpOptions options, Uri collector, string path)
    {
        var http = string.Equals(options.Protocol, "Http", StringComparison.OrdinalIgnoreCase);
        exporter.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = http ? new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{path}") : collector;
    }

    /// <summary>A process of one module is that service; one of several is the hub.</summary>
    private static ResourceBuilder Resource(IServiceProvider services) => ResourceBuilder.CreateEmpty().AddService(
        services.GetRequiredService<HostedModules>().All is [var only] ? only.Name : "enterprise-hub",
        serviceNamespace: "enterprisehub",
        serviceInstanceId: Environment.MachineName);

    /// <summary>Makes the providers before the first measurement; the container ends them, which sends what is left.</summary>
    private sealed class TelemetryLife(MeterProvider meters, IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetService<TracerProvider>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            meters.ForceFlush(timeoutMilliseconds: 2_000);
            return Task.CompletedTask;
        }
    }
}
