using System.Text.Json;
using EnterpriseHub.Simulator.Claude.Answers;
using EnterpriseHub.Simulator.Claude.Schemas;
using EnterpriseHub.Simulator.Control;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude;

/// <summary>The way of every Claude request: checks, limit, prompt cache, fault, answer.</summary>
internal sealed class ClaudePipeline(
    RequestCheck check, PromptCache cache, ClaudeLedger ledger, ClaudeRateLimit limit, FaultBook faults, LatencyBook latency, ClaudeDelivery delivery, TimeProvider time)
{
    public async Task MessagesAsync(HttpContext http)
    {
        var start = time.GetTimestamp();
        var requestStart = time.GetUtcNow();
        var requestId = SimIds.Claude("req_01");
        http.Response.Headers["request-id"] = requestId;
        try
        {
            var (request, prefix, error) = await ReadAsync(http, counting: false);
            if (request is null || error is not null)
            {
                ledger.Add("refused", error!.Status, null, 0, false);
                await delivery.RefuseAsync(http, error, requestId);
                return;
            }
            var charge = cache.Charge(prefix!, requestStart);
            var purpose = request.MaxTokens == 0 ? "prewarm" : request.Purpose;
            var fault = faults.Take("claude", http.Request.Method, http.Request.Path.Value!, null, request.Purpose);
            var call = new ClaudeCall(http, requestId, start, Wait(request.Purpose) + Extra(fault), request.Purpose == "other", fault);
            var answer = Compose(request, charge, fault);
            await delivery.DeliverAsync(call, request.Stream, answer, status =>
            {
                // Counted before the first byte leaves, so that a caller who has its answer finds it counted.
                var whole = status == 200 && fault?.Mode is not ("reset" or "stall" or "error-in-stream");
                if (status == 200)
                {
                    cache.Commit(charge);
                }
                ledger.Add(purpose, whole ? 200 : 0, status == 200 ? charge : null, whole ? answer.OutputTokens : 0, request.Stream);
            });
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            ledger.Add("cancelled", 0, null, 0, false);
        }
    }

    public async Task CountAsync(HttpContext http)
    {
        var requestId = SimIds.Claude("req_01");
        http.Response.Headers["request-id"] = requestId;
        var (_, prefix, error) = await ReadAsync(http, counting: true);
        ledger.Add("count", error?.Status ?? 200, null, 0, false);
        if (error is not null)
        {
            await delivery.RefuseAsync(http, error, requestId);
            return;
        }
        await ClaudeDelivery.WriteAsync(http, 200, JsonText.Object(prefix!.Tokens, static (writer, tokens) => writer.WriteNumber("input_tokens", tokens)));
    }

    private async Task<(ClaudeRequest? Request, PromptPrefix? Prefix, ClaudeError? Error)> ReadAsync(HttpContext http, bool counting)
    {
        var (key, refusal) = RequestCheck.Key(http.Request);
        if (refusal is not null)
        {
            return (null, null, refusal);
        }
        JsonElement body;
        try
        {
            using var parsed = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
            body = parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return (null, null, ClaudeError.Invalid("The request body is not valid JSON"));
        }
        var (request, error) = check.Check(body, key!, http.Request.Headers["anthropic-version"].ToString(), counting);
        if (error is not null)
        {
            return (null, null, error);
        }
        var prefix = PromptPrefix.Read(request!);
        return (request, prefix, PromptCache.Refuse(prefix) ?? limit.Take(key!, http.Response.Headers));
    }

    private static ClaudeAnswer Compose(ClaudeRequest request, PromptCharge charge, FaultRule? fault)
    {
        var text = request.MaxTokens == 0 || fault?.Mode is "empty" or "refusal" ? null
            : AnswerComposer.Compose(request, fault?.Mode switch { "enum-case" => AnswerTwist.EnumCase, "huge" => AnswerTwist.Huge, _ => AnswerTwist.None });
        if (fault?.Mode == "invalid-json" && text is not null)
        {
            text = text[..(text.Length * 2 / 3)];
        }
        var cut = text is not null && text.Length / 4 > request.MaxTokens;
        return new ClaudeAnswer
        {
            Model = request.Model,
            Text = cut ? text![..(request.MaxTokens * 4)] : text,
            StopReason = fault?.Mode == "refusal" ? "refusal" : request.MaxTokens == 0 || cut ? "max_tokens" : "end_turn",
            Charge = charge,
        };
    }

    private double Wait(string purpose) => latency.DrawMs(purpose switch
    {
        "analysis" => latency.Current.Analysis,
        "draft" => latency.Current.Draft,
        _ => latency.Current.Other,
    });

    private static double Extra(FaultRule? fault) => fault?.Mode is null or "hang" or "stall" ? 0 : fault.AfterMs ?? 0;
}

/// <summary>One request on its way out.</summary>
/// <param name="Http">The exchange.</param>
/// <param name="RequestId">Of the header.</param>
/// <param name="Start">Timestamp of the receipt.</param>
/// <param name="WaitMs">Drawn latency.</param>
/// <param name="Talks">Prose: the latency is the time to the first words and the rest trickles.</param>
/// <param name="Fault">How to misbehave.</param>
internal sealed record ClaudeCall(HttpContext Http, string RequestId, long Start, double WaitMs, bool Talks, FaultRule? Fault);
