using System.Net.Sockets;
using System.Text;

namespace EnterpriseHub.WebhookGateway.Tests.Fuzz;

/// <summary>Sends bytes as they are over a socket: what no HTTP client would send.</summary>
internal static class RawRequest
{
    /// <summary>The status and the whole answer; status 0 when the server only closed the connection.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="head">Request line and headers with the empty line.</param>
    /// <param name="body">What follows.</param>
    /// <param name="patience">How long the server may wait for the rest of a lie before it is told that nothing more comes.</param>
    public static async Task<(int Status, string Answer)> SendAsync(Uri server, string head, byte[] body, TimeSpan patience)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        try
        {
            await socket.SendAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. body]);
        }
        catch (SocketException)
        {
            // It answered before it had read everything, as it may.
        }
        var answer = await ReadAsync(socket, patience);
        if (answer.StartsWith("HTTP/1.1 100 ", StringComparison.Ordinal))
        {
            // An interim answer; what follows it counts.
            answer = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        }
        return (answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0, answer);
    }

    private static async Task<string> ReadAsync(Socket socket, TimeSpan patience)
    {
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            var first = socket.ReceiveAsync(buffer);
            if (await Task.WhenAny(first, Task.Delay(patience, CancellationToken.None)) != first)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            for (var read = await first; read > 0; read = await socket.ReceiveAsync(buffer))
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Reset: what came is the answer.
        }
        return answer.ToString();
    }
}
