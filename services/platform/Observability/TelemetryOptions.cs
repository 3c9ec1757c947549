using System.ComponentModel.DataAnnotations;

namespace EnterpriseHub.Platform.Observability;

/// <summary>Where traces and metrics are pushed; section <c>Otlp</c>.</summary>
public sealed class OtlpOptions
{
    /// <summary>Address of an OpenTelemetry collector.</summary>
    /// <value>Default empty: nothing is pushed and no span is recorded.</value>
    public string? Endpoint { get; init; }

    /// <summary>How it is spoken to.</summary>
    /// <value><c>Grpc</c> (default, port 4317) or <c>Http</c> (port 4318).</value>
    [RegularExpression("(?i)grpc|http", ErrorMessage = "Otlp:Protocol must be Grpc or Http.")]
    public string Protocol { get; init; } = "Grpc";

    /// <summary>Share of traces that is kept; a trace is kept as a whole or not at all.</summary>
    /// <value>Default 1.0; 0 to 1.</value>
    [Range(0.0, 1.0, ErrorMessage = "Otlp:TraceRatio must be 0 to 1.")]
    public double TraceRatio { get; init; } = 1.0;
}

/// <summary>Who may read <c>/metrics</c>; section <c>Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>
    /// True lets everybody read them, for a Prometheus inside a cluster whose network policy keeps others out. Otherwise they are for
    /// callers on this very machine and for keys: Prometheus sends one as <c>authorization: { credentials_file: … }</c>.
    /// </summary>
    /// <value>Default false.</value>
    public bool Anonymous { get; init; }
}
