using EnterpriseHub.Simulator.Control;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>Writes answers, whole or as a stream, and misbehaves on the way.</summary>
internal sealed class ClaudeDelivery(LatencyBook latency, TimeProvider time)
{
    private const int ProsePiece = 24;
    private const double ProseEveryMs = 8;
    private const int StructuredPieces = 4;
    private static readonly byte[] Garbage = "<html><body>Service temporarily unavailable</body></html>"u8.ToArray();

    /// <param name="call">The request.</param>
    /// <param name="stream">Server-sent events.</param>
    /// <param name="answer">What to say.</param>
    /// <param name="began">Called once, before the first byte, with the status; 0 when the caller gets none.</param>
    public async Task DeliverAsync(ClaudeCall call, bool stream, ClaudeAnswer answer, Action<int> began)
    {
        var (http, fault) = (call.Http, call.Fault);
        if (Error(fault, stream) is { } error)
        {
            await latency.UntilAsync(call.Start, call.WaitMs, http.RequestAborted);
            began(error.Status);
            await RefuseAsync(http, error, call.RequestId);
            return;
        }
        if (fault?.Mode == "hang")
        {
            began(0);
            await HoldAsync(call);
            await RefuseAsync(http, new ClaudeError(504, "timeout_error", "Timed out"), call.RequestId);
            return;
        }
        if (stream)
        {
            await StreamAsync(call, answer, began);
            return;
        }
        await latency.UntilAsync(call.Start, call.WaitMs, http.RequestAborted);
        if (fault?.Mode is "reset" or "stall")
        {
            began(0);
            await (fault.Mode == "stall" ? HoldAsync(call) : Task.CompletedTask);
            http.Abort();
            return;
        }
        began(200);
        var body = fault?.Mode == "garbage" ? Garbage : answer.ToJson();
        if (fault?.Mode == "cut")
        {
            // No length: the half arrives as a complete, clean body.
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted);
            return;
        }
        await WriteAsync(http, 200, body);
    }

    public async Task RefuseAsync(HttpContext http, ClaudeError error, string requestId)
    {
        if (error.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        await WriteAsync(http, error.Status, error.ToJson(requestId));
    }

    public static async Task WriteAsync(HttpContext http, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private async Task StreamAsync(ClaudeCall call, ClaudeAnswer answer, Action<int> began)
    {
        var (http, fault) = (call.Http, call.Fault);
        var pieces = Pieces(answer.Text, call.Talks);
        var first = call.Talks ? call.WaitMs : call.WaitMs / 2;
        var step = call.Talks ? ProseEveryMs : call.WaitMs / 2 / Math.Max(1, pieces.Count);
        await latency.UntilAsync(call.Start, first, http.RequestAborted);
        began(200);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        if (fault?.Mode == "garbage")
        {
            await SendAsync(http, "event: message_start\ndata: {\"type\":\"message_st\n\n"u8.ToArray());
            return;
        }
        await SendAsync(http, [.. EventStream.Start(answer), .. pieces.Count > 0 ? EventStream.BlockStart : [], .. EventStream.Ping]);
        var breakAt = fault?.Mode is "cut" or "reset" or "error-in-stream" or "stall" ? pieces.Count / 2 : -1;
        for (var index = 0; index < pieces.Count; index++)
        {
            if (index == breakAt)
            {
                await BreakAsync(call);
                return;
            }
            await latency.UntilAsync(call.Start, first + ((call.Talks ? index : index + 1) * step), http.RequestAborted);
            var delta = EventStream.Delta(pieces[index]);
            await SendAsync(http, index < pieces.Count - 1 ? delta : [.. delta, .. EventStream.BlockStop]);
        }
        if (breakAt >= 0)
        {
            await BreakAsync(call);
            return;
        }
        await SendAsync(http, [.. EventStream.End(answer), .. EventStream.Stop]);
    }

    private async Task BreakAsync(ClaudeCall call)
    {
        switch (call.Fault!.Mode)
        {
            case "error-in-stream":
                await SendAsync(call.Http, EventStream.Failure(ClaudeError.Overloaded, call.RequestId));
                break;
            case "reset":
                call.Http.Abort();
                break;
            case "stall":
                await HoldAsync(call);
                call.Http.Abort();
                break;
        }
    }

    private Task HoldAsync(ClaudeCall call) => Task.Delay(TimeSpan.FromMilliseconds(call.Fault!.HoldMs), time, call.Http.RequestAborted);

    private static ClaudeError? Error(FaultRule? fault, bool stream) => fault?.Mode switch
    {
        "429" => ClaudeError.RateLimit(fault.RetryAfter),
        "spend-cap" => ClaudeError.SpendCap,
        "529" => ClaudeError.Overloaded,
        "500" => ClaudeError.Internal,
        "error-in-stream" when !stream => ClaudeError.Overloaded,
        _ => null,
    };

    private static List<string> Pieces(string? text, bool talks)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }
        var size = talks ? Math.Max(ProsePiece, text.Length / 200) : Math.Max(1, (text.Length + StructuredPieces - 1) / StructuredPieces);
        var pieces = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(size, text.Length - at);
            // A character outside the basic plane stays in one piece.
            length += at + length < text.Length && char.IsHighSurrogate(text[at + length - 1]) ? 1 : 0;
            pieces.Add(text.Substring(at, length));
            at += length;
        }
        return pieces;
    }

    private static async Task SendAsync(HttpContext http, byte[] bytes)
    {
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
