using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EnterpriseHub.TestKit.Fuzz;

/// <summary>What a lying server sends.</summary>
/// <param name="Bytes">Status line, headers and body as they go over the wire; nothing: the connection is cut.</param>
/// <param name="Closes">The connection ends after it; otherwise the answer frames itself.</param>
public sealed record RawAnswer(byte[] Bytes, bool Closes);

/// <summary>An HTTP/1.1 server on a free port that sends any bytes at all in answer to a whole request.</summary>
public sealed class LyingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, RawAnswer> _answer;
    private Exception? _fault;

    /// <summary>Listens from now on.</summary>
    /// <param name="answer">Gets the request's head.</param>
    public LyingServer(Func<string, RawAnswer> answer)
    {
        _answer = answer;
        _listener.Start(512);
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        if (_fault is not null)
        {
            throw new InvalidOperationException("The lying server had no answer.", _fault);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        socket.NoDelay = true;
        var buffer = new byte[64 * 1024];
        try
        {
            while (await RequestAsync(socket, buffer) is { } head)
            {
                var answer = _answer(head);
                await socket.SendAsync(answer.Bytes, _end.Token);
                if (answer.Closes)
                {
                    socket.Shutdown(SocketShutdown.Both);
                    return;
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The caller hung up, as it may.
        }
        catch (Exception wrong)
        {
            _fault ??= wrong;
        }
    }

    private async Task<string?> RequestAsync(Socket socket, byte[] buffer)
    {
        for (var length = 0; length < buffer.Length;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), _end.Token);
            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (read == 0)
            {
                return null;
            }
            // Read whole: closing on unread bytes would reset the connection before the answer is read.
            if (end >= 0 && IsWhole(Encoding.ASCII.GetString(buffer, 0, end), buffer.AsSpan(end + 4, length - end - 4)))
            {
                return Encoding.ASCII.GetString(buffer, 0, end);
            }
        }
        return null;
    }

    private static bool IsWhole(string head, ReadOnlySpan<byte> body) =>
        head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) ? body.EndsWith("0\r\n\r\n"u8) : body.Length >= BodyLength(head);

    private static int BodyLength(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture))
        .FirstOrDefault();
}
