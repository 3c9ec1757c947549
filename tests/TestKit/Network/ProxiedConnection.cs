using System.Net;
using System.Net.Sockets;

namespace EnterpriseHub.TestKit.Network;

/// <summary>One connection through a <see cref="FaultProxy"/>: a pump each way.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, Socket client, CancellationToken end)
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp);
    private volatile bool _silenced;

    public async Task RunAsync(DnsEndPoint target)
    {
        try
        {
            await _server.ConnectAsync(target, end);
            await Task.WhenAll(RelayAsync(client, _server, isAnswer: false), RelayAsync(_server, client, isAnswer: true));
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            // Nobody is there: whoever came here is told so.
            Reset();
        }
        client.Dispose();
        _server.Dispose();
    }

    public void Reset()
    {
        foreach (var socket in (Socket[])[client, _server])
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // It is closed already.
            }
            socket.Dispose();
        }
    }

    /// <summary>When one end breaks so does the other, unless nothing passes any more.</summary>
    private async Task RelayAsync(Socket from, Socket to, bool isAnswer)
    {
        try
        {
            await PumpAsync(from, to, isAnswer);
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            await WhileSilentAsync();
            Reset();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[16 * 1024];
        var (present, passed) = (proxy.Fault, 0);
        while (true)
        {
            // Small pieces when it is slow, so that a change of the fault is felt at once.
            var most = proxy.Fault.BytesPerSecond is { } rate ? Math.Clamp(rate / 10, 1, buffer.Length) : buffer.Length;
            var read = await from.ReceiveAsync(buffer.AsMemory(0, most), SocketFlags.None, end);
            var fault = proxy.Fault;
            passed = ReferenceEquals(fault, present) ? passed : 0;
            present = fault;
            if (fault.Silent || _silenced)
            {
                if (await SwallowAsync(read))
                {
                    return;
                }
                continue;
            }
            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }
            if (isAnswer && fault.Wait is var wait && wait > TimeSpan.Zero)
            {
                proxy.Strike();
                await Task.Delay(wait, end);
            }
            var room = ((isAnswer ? fault.CutDownAfter : fault.CutUpAfter) ?? int.MaxValue) - passed;
            await SendAsync(to, buffer.AsMemory(0, Math.Min(read, room)));
            if (read >= room)
            {
                proxy.Strike();
                Cut(fault.CutByReset);
                return;
            }
            passed += read;
            if (fault.BytesPerSecond is { } slow)
            {
                proxy.Strike();
                await Task.Delay(TimeSpan.FromSeconds((double)read / slow), end);
            }
        }
    }

    /// <returns>True when this way is over.</returns>
    private async Task<bool> SwallowAsync(int read)
    {
        if (!_silenced)
        {
            _silenced = true;
            proxy.Strike();
        }
        if (read == 0)
        {
            await WhileSilentAsync();
        }
        if (proxy.Fault.Silent)
        {
            return false;
        }
        Reset();
        return true;
    }

    /// <summary>Neither side learns of the other's end while it lasts.</summary>
    private async Task WhileSilentAsync()
    {
        while (proxy.Fault.Silent && !end.IsCancellationRequested)
        {
            await Task.Delay(50, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Cut(bool byReset)
    {
        if (byReset)
        {
            Reset();
            return;
        }
        client.Shutdown(SocketShutdown.Both);
        _server.Shutdown(SocketShutdown.Both);
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, SocketFlags.None, end)..];
        }
    }
}
