using System.Text.Json;
using EnterpriseHub.Simulator.Control;

namespace EnterpriseHub.Simulator.Ghl;

/// <summary>The way of every GHL request: ledger, token, limit, fault, effect, latency, answer.</summary>
internal sealed class GhlPipeline(GhlLedger ledger, GhlTokens tokens, GhlRateLimit limit, FaultBook faults, LatencyBook latency, TimeProvider time)
{
    private const int MaxBody = 1024 * 1024;
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");
    private static readonly byte[] Garbage = "<html><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray();

    public async Task RunAsync(HttpContext http, string kind, bool open, GhlEffect effect)
    {
        var received = time.GetUtcNow();
        var start = time.GetTimestamp();
        var request = http.Request;
        var path = request.Path.Value!["/sim/ghl".Length..];
        var token = Bearer(request);
        var locationId = tokens.LocationOf(token);
        var entry = new LedgerEntry
        {
            At = UnixMs(received),
            Kind = kind,
            Method = request.Method,
            Path = path,
            LocationId = locationId,
            ContactId = request.RouteValues["contactId"] as string,
            ConversationId = request.RouteValues["conversationId"] as string,
        };
        ledger.Add(entry);
        try
        {
            if (request.HasFormContentType)
            {
                await request.ReadFormAsync(http.RequestAborted);
            }
            var body = request.HasFormContentType ? null : await ReadAsync(http);
            entry.Body = body;
            var wait = latency.DrawMs(latency.Current.Ghl);
            var fault = faults.Take("ghl", request.Method, path, locationId, null);
            var answer = Refuse(http, open, locationId)
                ?? Apply(fault is null || fault.Saves, fault, new GhlRequest(http, body, locationId ?? "", received, path), entry, effect);
            if (fault is not null)
            {
                answer = await MisbehaveAsync(http, fault, answer, start, wait);
                if (answer is null)
                {
                    return;
                }
            }
            await latency.UntilAsync(start, wait + (fault?.AfterMs ?? 0), http.RequestAborted);
            await AnswerAsync(http, answer, entry);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller gave up; the entry keeps status 0.
        }
    }

    private async Task AnswerAsync(HttpContext http, GhlAnswer answer, LedgerEntry entry)
    {
        entry.Status = answer.Status;
        entry.AnsweredAt = UnixMs(time.GetUtcNow());
        var response = http.Response;
        response.StatusCode = answer.Status;
        if (answer.Redirect is not null)
        {
            response.Headers.Location = answer.Redirect;
        }
        response.ContentType = ReferenceEquals(answer.Body, Garbage) ? "text/html" : "application/json; charset=utf-8";
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private GhlAnswer? Refuse(HttpContext http, bool open, string? locationId)
    {
        if (open)
        {
            return null;
        }
        if (locationId is null)
        {
            return GhlAnswer.Error(401, "Invalid token: access token is invalid");
        }
        if (!limit.Take(locationId, http.Response.Headers))
        {
            return GhlAnswer.Error(429, "Too Many Requests");
        }
        return http.Request.Headers.ContainsKey("Version") ? null : GhlAnswer.Error(400, "version header was not found.");
    }

    private GhlAnswer Apply(bool run, FaultRule? fault, GhlRequest request, LedgerEntry entry, GhlEffect effect)
    {
        if (!run)
        {
            return GhlAnswer.Error(fault!.Mode switch { "401" => 401, "400" => 400, "429" => 429, _ => 500 }, fault.Mode switch
            {
                "401" => "Invalid token: access token is invalid",
                "400" => "Bad request",
                "429" => "Too Many Requests",
                _ => "Internal server error",
            });
        }
        var body = Nothing;
        if (request.Body is { Length: > 0 } bytes)
        {
            try
            {
                body = JsonElement.Parse(bytes);
            }
            catch (JsonException)
            {
                return GhlAnswer.Error(400, "Unexpected token in JSON");
            }
        }
        var shape = faults.Take("ghl", entry.Method, request.Path, entry.LocationId, null, shaping: true);
        var answer = effect(new GhlCall
        {
            Http = request.Http,
            LocationId = request.LocationId,
            ReceivedAt = request.ReceivedAt,
            Body = body,
            Entry = entry,
            ListLag = shape?.Mode == "listlag" ? TimeSpan.FromMilliseconds(shape.AfterMs ?? 2000) : TimeSpan.Zero,
            Flat = shape?.Mode == "flat",
        });
        entry.Saved = answer.Status < 300 && !HttpMethods.IsGet(entry.Method);
        entry.MessageId ??= answer.MessageId;
        return answer;
    }

    private async Task<GhlAnswer?> MisbehaveAsync(HttpContext http, FaultRule fault, GhlAnswer answer, long start, double wait)
    {
        switch (fault.Mode)
        {
            case "timeout" or "timeout-saved":
                await Task.Delay(TimeSpan.FromMilliseconds(fault.HoldMs), time, http.RequestAborted);
                return GhlAnswer.Error(504, "Gateway Timeout");
            case "reset" or "reset-saved":
                await latency.UntilAsync(start, wait + (fault.AfterMs ?? 0), http.RequestAborted);
                http.Abort();
                return null;
            case "500-saved":
                return GhlAnswer.Error(500, "Internal server error");
            case "garbage":
                return new GhlAnswer(200, Garbage);
            case "429" when fault.RetryAfter is { } seconds:
                http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return answer;
            default:
                return answer;
        }
    }

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: > 7 } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value[7..].Trim() : null;

    private static async Task<byte[]?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or 0 && !http.Request.Headers.TransferEncoding.Any())
        {
            return null;
        }
        using var buffer = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 512, MaxBody));
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.Length == buffer.Capacity ? buffer.GetBuffer() : buffer.ToArray();
    }

    internal static double UnixMs(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / (double)TimeSpan.TicksPerMillisecond;

    private sealed record GhlRequest(HttpContext Http, byte[]? Body, string LocationId, DateTimeOffset ReceivedAt, string Path);
}
