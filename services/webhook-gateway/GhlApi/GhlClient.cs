using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Observability;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>
/// Calls GHL once: no retry, no exception for what can be expected. Logs status, trace id and duration, never a body, token or address.
/// </summary>
internal sealed class GhlClient(GhlHttp http, SelfAddress self, IOptions<GhlOptions> options, TimeProvider time, ILogger<GhlClient> logger)
{
    private readonly GhlOptions _options = options.Value;

    public async Task<GhlReply<T>> CallAsync<T>(GhlCall<T> call, string? token, CancellationToken cancellation)
        where T : class
    {
        var began = time.GetTimestamp();
        using var span = HubActivity.Source.StartActivity("ghl." + call.Operation);
        using var body = Body(call);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.AnswerTimeout);
        GhlReply<T> reply;
        var status = 0;
        string? trace = null;
        try
        {
            using var request = Request(call, body, token);
            using var response = await http.SendAsync(request, limit.Token);
            Failpoint.Hit("S4", call.Operation);
            status = (int)response.StatusCode;
            var answer = await CappedAnswer.ReadAsync(response, limit.Token);
            trace = GhlJson.Text(answer, "traceId");
            var rate = RateHeaders.Read(response, time);
            reply = new(Judge(call, response.StatusCode, answer, rate), rate);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            reply = new(Broken<T>(body, failure), RateHeaders.None);
        }
        var took = time.GetElapsedTime(began);
        var outcome = Name(reply.Result.Outcome);
        span?.SetTag("outcome", outcome);
        GhlMetrics.Called(call.Operation, outcome, took);
        logger.Log(reply.Result.Outcome == GhlOutcome.Ok ? LogLevel.Debug : LogLevel.Warning,
            "GHL {Operation}: {Outcome} ({Reason}), status {Status}, trace {TraceId}, {Duration} ms",
            call.Operation, outcome, reply.Result.Reason, status, trace, (long)took.TotalMilliseconds);
        return reply;
    }

    private static GhlResult<T> Judge<T>(GhlCall<T> call, HttpStatusCode status, JsonElement answer, RateHeaders rate)
        where T : class => (int)status switch
        {
            >= 200 and < 300 => call.Read(answer) is { } value ? GhlResult<T>.Ok(value) : GhlResult<T>.Not(GhlOutcome.Unknown, "unreadable"),
            401 => GhlResult<T>.Not(GhlOutcome.Unauthorized, "unauthorized"),
            // A gateway before GHL gave up waiting: GHL may have the request.
            408 => GhlResult<T>.Not(GhlOutcome.Unknown, "timeout"),
            429 => GhlResult<T>.RateLimited(rate.BlockedFor ?? TimeSpan.FromSeconds(10)),
            >= 400 and < 500 => GhlResult<T>.Not(GhlOutcome.Refused, Refusals.Name(status, answer)),
            >= 500 => GhlResult<T>.Not(GhlOutcome.Unknown, "server_error"),
            _ => GhlResult<T>.Not(GhlOutcome.Unknown, "unexpected_status"),
        };

    private static GhlResult<T> Broken<T>(GhlBody? body, Exception failure)
        where T : class => body switch
        {
            { TooLate: true } => GhlResult<T>.Not(GhlOutcome.NotSent, ClaimTooOld),
            { Started: false } => GhlResult<T>.Not(GhlOutcome.NotSent, "unreachable"),
            _ => GhlResult<T>.Not(GhlOutcome.Unknown, failure is OperationCanceledException ? "timeout" : "connection_lost"),
        };

    /// <summary>Reason of a call that <see cref="GhlCall{T}.MayStillWrite"/> stopped.</summary>
    public const string ClaimTooOld = "claim_too_old";

    private HttpRequestMessage Request<T>(GhlCall<T> call, GhlBody? body, string? token)
        where T : class
    {
        var request = new HttpRequestMessage(call.Method, self.Resolve(_options.Address) + call.Path) { Content = body };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (call.Group != GhlGroup.Unversioned)
        {
            request.Headers.Add("Version", _options.Versions.Of(call.Group));
        }
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return request;
    }

    private static GhlBody? Body<T>(GhlCall<T> call)
        where T : class => call switch
        {
            { Json: { } json } => new(JsonSerializer.SerializeToUtf8Bytes(json, GhlJson.Write), "application/json", call.MayStillWrite),
            { Form: { } form } => new(Encode(form), "application/x-www-form-urlencoded", call.MayStillWrite),
            _ => null,
        };

    private static byte[] Encode(IReadOnlyDictionary<string, string> form) => System.Text.Encoding.ASCII.GetBytes(
        string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")));

    private static string Name(GhlOutcome outcome) => outcome switch
    {
        GhlOutcome.RateLimited => "rate_limited",
        GhlOutcome.NotSent => "not_sent",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
