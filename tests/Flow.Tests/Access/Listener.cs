using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>A loopback port that counts who comes and gives everybody the same answer.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly byte[] _answer;
    private int _accepted;

    private Listener(string answer)
    {
        _answer = System.Text.Encoding.ASCII.GetBytes(answer);
        Listen(IPAddress.Loopback, 0);
        Port = ((IPEndPoint)_sockets[0].LocalEndPoint!).Port;
        if (Socket.OSSupportsIPv6)
        {
            // So that no way of writing "this machine" is missed.
            Listen(IPAddress.IPv6Loopback, Port);
        }
    }

    public int Port { get; }

    /// <summary>Connections so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>First lines of what was asked.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static Task<Listener> StartAsync(string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") => Task.FromResult(new Listener(answer));

    public ValueTask DisposeAsync()
    {
        _sockets.ForEach(socket => socket.Dispose());
        return ValueTask.CompletedTask;
    }

    private void Listen(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen();
        _sockets.Add(socket);
        _ = AcceptAsync(socket);
    }

    private async Task AcceptAsync(Socket socket)
    {
        try
        {
            while (true)
            {
                var caller = await socket.AcceptAsync();
                Interlocked.Increment(ref _accepted);
                _ = AnswerAsync(caller);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket caller)
    {
        using var _ = caller;
        try
        {
            var buffer = new byte[16_384];
            var read = await caller.ReceiveAsync(buffer);
            _requests.Enqueue(System.Text.Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n")[0]);
            await caller.SendAsync(_answer);
            caller.Shutdown(SocketShutdown.Send);
            while (await caller.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Gone again: it was counted.
        }
    }
}
