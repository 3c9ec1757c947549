using System.Net.Sockets;
using System.Text;

namespace EnterpriseHub.WebhookGateway.Tests.Fuzz;

/// <summary>Sends bytes as they are over a socket: what no HTTP client would send.</summary>
internal static class RawRequest
{
    /// <summary>The status and the whole answer; status 0 when the server only closed the connection.</summary>
    public static async Task<(int Status, string Answer)> SendAsync(Uri server, string head, byte[] body)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        try
        {
            await socket.SendAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. body]);
            // Nothing more comes: a server that waits for the rest of a lie finds the end.
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It answered before it had read everything, as it may.
        }
        var answer = await ReadAsync(socket);
        return (answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0, answer);
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
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
