using System.Net;
using System.Net.Sockets;
using EnterpriseHub.TestKit.Network;

namespace EnterpriseHub.Faults.Tests.Network;

/// <summary>The proxy itself, before an echo.</summary>
public sealed class FaultProxyTests : IAsyncDisposable
{
    private readonly TcpListener _echo = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(120));
    private readonly FaultProxy _proxy;

    public FaultProxyTests()
    {
        _echo.Start();
        _ = EchoAsync();
        _proxy = new FaultProxy("127.0.0.1", ((IPEndPoint)_echo.LocalEndpoint).Port);
    }

    private CancellationToken Patience => _patience.Token;

    [Fact]
    public async Task Without_a_fault_everything_passes_and_so_does_the_end()
    {
        using var client = await ConnectAsync();
        Assert.Equal(50_000, await SendAndReadAsync(client, 50_000));
        Assert.Equal(0, _proxy.Struck);
    }

    [Fact]
    public async Task A_latency_may_begin_while_a_connection_is_open()
    {
        using var client = await ConnectAsync();
        await PingAsync(client);
        _proxy.Fault = new ProxyFault { Latency = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(5) };
        await PingAsync(client);
        Assert.Equal(1, _proxy.Struck);
    }

    [Fact]
    public async Task A_slow_way_delivers_everything()
    {
        _proxy.Fault = new ProxyFault { BytesPerSecond = 10_000 };
        using var client = await ConnectAsync();
        Assert.Equal(3_000, await SendAndReadAsync(client, 3_000));
        Assert.True(_proxy.Struck >= 4, $"struck {_proxy.Struck} times");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_is_cut_after_so_many_bytes(bool byReset)
    {
        _proxy.Fault = new ProxyFault { CutDownAfter = 100, CutByReset = byReset };
        using var client = await ConnectAsync();
        await client.SendAsync(new byte[500], Patience);
        var (read, reset) = await ReadToEndAsync(client);
        Assert.Equal((100, byReset), (read, reset));
        Assert.Equal(1, _proxy.Struck);
    }

    [Fact]
    public async Task A_request_is_cut_after_so_many_bytes()
    {
        _proxy.Fault = new ProxyFault { CutUpAfter = 100 };
        using var client = await ConnectAsync();
        await client.SendAsync(new byte[500], Patience);
        Assert.True((await ReadToEndAsync(client)).Read <= 100);
        Assert.Equal(1, _proxy.Struck);
    }

    [Fact]
    public async Task All_open_connections_are_reset()
    {
        using var client = await ConnectAsync();
        await PingAsync(client);
        Assert.Equal(1, _proxy.ResetAll());
        Assert.Equal((0, true), await ReadToEndAsync(client));
    }

    [Fact]
    public async Task What_was_half_open_is_reset_once_it_speaks_again()
    {
        using var client = await ConnectAsync();
        await PingAsync(client);
        _proxy.Fault = ProxyFault.HalfOpen;
        await client.SendAsync(new byte[1], Patience);
        using (var silence = new CancellationTokenSource(200))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.ReceiveAsync(new byte[1], silence.Token));
        }
        Assert.Equal(1, _proxy.Struck);
        _proxy.Fault = ProxyFault.None;
        await client.SendAsync(new byte[1], Patience);
        Assert.Equal((0, true), await ReadToEndAsync(client));
    }

    [Fact]
    public async Task A_closed_port_refuses_and_opens_again()
    {
        _proxy.Fault = ProxyFault.Refused;
        var refused = await Assert.ThrowsAsync<SocketException>(ConnectAsync);
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        _proxy.Fault = ProxyFault.None;
        using var client = await ConnectAsync();
        await PingAsync(client);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _echo.Dispose();
        _patience.Dispose();
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port, Patience);
        return client;
    }

    private async Task PingAsync(Socket client)
    {
        await client.SendAsync(new byte[1], Patience);
        Assert.Equal(1, await client.ReceiveAsync(new byte[1], Patience));
    }

    private async Task<int> SendAndReadAsync(Socket client, int bytes)
    {
        await client.SendAsync(new byte[bytes], Patience);
        client.Shutdown(SocketShutdown.Send);
        return (await ReadToEndAsync(client)).Read;
    }

    private async Task<(int Read, bool Reset)> ReadToEndAsync(Socket client)
    {
        var total = 0;
        try
        {
            while (await client.ReceiveAsync(new byte[4096], Patience) is > 0 and var read)
            {
                total += read;
            }
            return (total, false);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return (total, true);
        }
    }

    private async Task EchoAsync()
    {
        while (true)
        {
            using var client = await _echo.AcceptSocketAsync(Patience);
            try
            {
                var buffer = new byte[4096];
                while (await client.ReceiveAsync(buffer, Patience) is > 0 and var read)
                {
                    await client.SendAsync(buffer.AsMemory(0, read), Patience);
                }
            }
            catch (SocketException)
            {
                // The proxy reset it.
            }
        }
    }
}
