using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EnterpriseHub.TestKit.Network;

/// <summary>A TCP relay on a loopback port that harms what passes it; the harm may change while connections are open.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = new();
    private readonly CancellationTokenSource _end = new();
    private readonly DnsEndPoint _target;
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private ProxyFault _fault = ProxyFault.None;
    private int _struck;

    /// <summary>Listens at once.</summary>
    /// <param name="host">Where everything goes.</param>
    /// <param name="port">Port there.</param>
    public FaultProxy(string host, int port)
    {
        _target = new DnsEndPoint(host, port);
        Listen();
    }

    /// <summary>The loopback port to connect to.</summary>
    public int Port { get; private set; }

    /// <summary>What is wrong now.</summary>
    /// <value>Default <see cref="ProxyFault.None"/>.</value>
    public ProxyFault Fault
    {
        get => Volatile.Read(ref _fault);
        set
        {
            Volatile.Write(ref _struck, 0);
            Volatile.Write(ref _fault, value);
            if (value.Closed)
            {
                _listener?.Dispose();
                _listener = null;
            }
            else if (_listener is null)
            {
                Listen();
            }
        }
    }

    /// <summary>Pieces that were delayed or slowed, and connections that were silenced, cut or reset, since the fault was set.</summary>
    public int Struck => Volatile.Read(ref _struck);

    /// <summary>The same address by way of this proxy.</summary>
    public Uri Instead(Uri address) => new UriBuilder(address) { Host = "127.0.0.1", Port = Port }.Uri;

    /// <summary>Resets every open connection, at both ends.</summary>
    /// <returns>How many there were.</returns>
    public int ResetAll()
    {
        var open = _connections.Keys.ToList();
        open.ForEach(connection => connection.Reset());
        return open.Count;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener?.Dispose();
        ResetAll();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    internal void Strike() => Interlocked.Increment(ref _struck);

    private void Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(128);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _listener = listener;
        _accepting = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var connection = new ProxiedConnection(this, await listener.AcceptAsync(_end.Token), _end.Token);
                // Served once it is in the list: one that ends at once would be put into it after it was taken out, and stay.
                var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _connections[connection] = ServeAsync(connection, known.Task);
                known.SetResult();
                if (Fault.Closed)
                {
                    // It came while the listener went.
                    connection.Reset();
                }
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    private async Task ServeAsync(ProxiedConnection connection, Task known)
    {
        await known;
        await connection.RunAsync(_target);
        _connections.TryRemove(connection, out _);
    }
}
