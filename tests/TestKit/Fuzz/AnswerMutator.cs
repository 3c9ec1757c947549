using System.Globalization;
using System.Text;

namespace EnterpriseHub.TestKit.Fuzz;

/// <summary>Makes a good HTTP answer a lie: another status, odd headers, a spoiled or missing body, a wrong frame.</summary>
public static class AnswerMutator
{
    private static readonly int[] Statuses = [200, 200, 200, 200, 201, 202, 204, 206, 300, 301, 302, 307, 304, 400, 401, 403, 404, 408, 409, 413, 418, 422, 425, 429, 429, 451, 499, 500, 501, 502, 503, 504, 520, 529, 599, 600, 999];

    private static readonly string[] Types = ["application/json", "application/json", "application/json; charset=utf-8", "text/html", "text/plain; charset=utf-16", "application/octet-stream", "text/event-stream", "garbage", ""];

    private static readonly string[] Numbers = ["0", "1", "-1", "100", "99999999999999999999", "9223372036854775807", "2147483648", "1e9", "NaN", "", " ", "abc", "0x10", "1,000", "10000", "-9223372036854775808"];

    private static readonly string[] Waits = ["0", "1", "-5", "120", "4294967296", "99999999999999999999", "Sat, 21 Nov 2026 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "yesterday", "1.5", ""];

    private static readonly string[] Names = ["X-RateLimit-Max", "X-RateLimit-Remaining", "X-RateLimit-Interval-Milliseconds", "X-RateLimit-Daily-Remaining", "X-RateLimit-Limit-Daily"];

    /// <summary>An answer made from a good body.</summary>
    public static RawAnswer Spoil(Random random, byte[] good)
    {
        var body = random.Next(10) == 0 ? good : random.Next(20) == 0 ? Huge(random) : Mutator.Spoil(random, good);
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Statuses[random.Next(Statuses.Length)]} Whatever\r\n");
        if (random.Next(8) > 0)
        {
            head.Append("Content-Type: ").Append(Types[random.Next(Types.Length)]).Append("\r\n");
        }
        for (var extra = random.Next(4); extra > 0; extra--)
        {
            head.Append(Names[random.Next(Names.Length)]).Append(": ").Append(Numbers[random.Next(Numbers.Length)]).Append("\r\n");
        }
        if (random.Next(3) == 0)
        {
            head.Append("Retry-After: ").Append(Waits[random.Next(Waits.Length)]).Append("\r\n");
        }
        return Framed(random, head, body);
    }

    private static RawAnswer Framed(Random random, StringBuilder head, byte[] body)
    {
        switch (random.Next(24))
        {
            case 0:
                // Says more than it sends.
                return Whole(head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length + 10}\r\n\r\n"), body, closes: true);
            case 1:
                // Says less: the rest is garbage on the connection.
                return Whole(head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length / 2}\r\n\r\n"), body, closes: true);
            case 2:
                return Whole(head.Append("\r\n"), body, closes: true);
            case 3:
                return Whole(head.Append("Transfer-Encoding: chunked\r\n\r\nzz\r\n"), body, closes: true);
            case 4:
                return Whole(head.Append("Content-Encoding: gzip\r\n").Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n"), body, closes: true);
            case 5:
                return new RawAnswer([], Closes: true);
            case 6:
                var bytes = Whole(head.Append("\r\n"), body, closes: true).Bytes;
                return new RawAnswer(bytes[..random.Next(1, bytes.Length)], Closes: true);
            case 7:
                return new RawAnswer(ByteMutator.Change(random, Encoding.Latin1.GetBytes(head + "\r\n")), Closes: true);
            default:
                return Whole(head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n"), body, closes: false);
        }
    }

    private static RawAnswer Whole(StringBuilder head, byte[] body, bool closes) => new([.. Encoding.Latin1.GetBytes(head.ToString()), .. body], closes);

    private static byte[] Huge(Random random) => Encoding.ASCII.GetBytes($"{{\"x\":\"{new string('x', random.Next(2) == 0 ? 100_000 : 1_100_000)}\"}}");
}
