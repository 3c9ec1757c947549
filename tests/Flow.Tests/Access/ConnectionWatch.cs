using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>Every connection that this process begins and every name it looks up, as the runtime itself tells.</summary>
internal sealed partial class ConnectionWatch : EventListener
{
    private readonly ConcurrentQueue<string> _connections = new();
    private readonly ConcurrentQueue<string> _names = new();

    /// <summary><c>address:port</c> of every connection begun.</summary>
    public IReadOnlyList<string> Connections => [.. _connections];

    /// <summary>Every name looked up.</summary>
    public IReadOnlyList<string> Names => [.. _names];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.Sockets" or "System.Net.NameResolution")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class begins to listen before the fields of this one are set.
        if (_names is null || eventData.Payload is not [string told, ..])
        {
            return;
        }
        if (eventData.EventName == "ConnectStart")
        {
            _connections.Enqueue(Read(told));
        }
        else if (eventData.EventName == "ResolutionStart")
        {
            _names.Enqueue(told);
        }
    }

    /// <summary>The runtime tells the bytes of the address: <c>InterNetwork:16:{31,144,127,0,0,1,...}</c>, port first.</summary>
    private static string Read(string told)
    {
        var bytes = Inner().Match(told).Groups[1].Value.Split(',').Select(part => byte.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var port = (bytes[0] << 8) + bytes[1];
        if (told.StartsWith("InterNetworkV6", StringComparison.Ordinal))
        {
            var address = new IPAddress(bytes[6..22]);
            return address.IsIPv4MappedToIPv6 ? $"{address.MapToIPv4()}:{port}" : $"[{address}]:{port}";
        }
        return $"{new IPAddress(bytes[2..6])}:{port}";
    }

    [GeneratedRegex(@"\{([\d,]+)\}")]
    private static partial Regex Inner();
}
