namespace EnterpriseHub.TestKit.Network;

/// <summary>What a <see cref="FaultProxy"/> does to the bytes that pass it. A request goes up, an answer comes down.</summary>
public sealed record ProxyFault
{
    /// <summary>Everything passes.</summary>
    public static readonly ProxyFault None = new();

    /// <summary>Connections are taken and stay open, but nothing passes any more, not even their end. Who speaks after the fault is over is reset.</summary>
    public static readonly ProxyFault HalfOpen = new() { Silent = true };

    /// <summary>New connections are refused: nobody listens. Those that are open stay.</summary>
    public static readonly ProxyFault Refused = new() { Closed = true };

    /// <summary>Wait before each piece of an answer.</summary>
    /// <value>Default 0.</value>
    public TimeSpan Latency { get; init; }

    /// <summary>Up to this much is added to <see cref="Latency"/>, by chance.</summary>
    /// <value>Default 0.</value>
    public TimeSpan Jitter { get; init; }

    /// <summary>Most bytes a second, each way of each connection.</summary>
    /// <value>Default null: no limit.</value>
    public int? BytesPerSecond { get; init; }

    /// <summary>Bytes of a request, counted from the beginning of the fault, after which the connection breaks.</summary>
    /// <value>Default null: never.</value>
    public int? CutUpAfter { get; init; }

    /// <summary>The same of an answer.</summary>
    /// <value>Default null: never.</value>
    public int? CutDownAfter { get; init; }

    /// <summary>True: a cut is a reset (RST). False: it looks like an orderly end (FIN).</summary>
    /// <value>Default false.</value>
    public bool CutByReset { get; init; }

    internal bool Silent { get; private init; }

    internal bool Closed { get; private init; }

    internal TimeSpan Wait => Latency + (Jitter * Random.Shared.NextDouble());
}
