using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
using MassTransit.Middleware.Rescue;
using MassTransit.Transports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.Platform.Messaging;

/// <summary>
/// The dead letters' own endpoint. It waits for a store that is down; what it cannot keep for another reason goes to its error
/// queue and never comes back by itself, so it cannot go round in circles.
/// </summary>
internal sealed class KeepDeadLetter(IDeadLetterSink sink, IHostApplicationLifetime life, TimeProvider time, ILogger<KeepDeadLetter> logger) : IFilter<ReceiveContext>
{
    private const int LongestName = 200;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // Well below the half hour after which a broker takes an unacknowledged message back.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        try
        {
            await KeepAsync(Read(context), life.ApplicationStopping);
        }
        catch (Exception failure) when (!life.ApplicationStopping.IsCancellationRequested)
        {
            logger.LogError("A dead letter could not be kept ({Error}); it lies in {Queue}_error", failure.GetType().Name, DeadLetterRoute.Queue);
            await context.GetPayload<IErrorTransport>().Send(new RescueExceptionReceiveContext(context, failure));
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("keep-dead-letter");

    private async Task KeepAsync(DeadLetter letter, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause = pause * 4 < LongestPause ? pause * 4 : LongestPause)
        {
            try
            {
                await sink.KeepAsync(letter, stopping);
                return;
            }
            catch (DbException failure) when (time.GetElapsedTime(began) < Patience)
            {
                logger.LogWarning("A dead letter of {Queue} waits for the store ({Error})", letter.Queue, failure.GetType().Name);
                await Task.Delay(pause, time, stopping);
            }
        }
    }

    private DeadLetter Read(ReceiveContext context)
    {
        var body = context.Body.GetBytes();
        var (messageId, messageType, locationId) = Envelope(body);
        return new DeadLetter
        {
            FailureId = Header(context, DeadLetterRoute.FailureIdHeader) ?? NewId.NextGuid().ToString(),
            MessageId = messageId ?? Convert.ToHexStringLower(SHA256.HashData(body)),
            Queue = Header(context, DeadLetterRoute.QueueHeader) ?? DeadLetterRoute.Queue,
            MessageType = messageType,
            LocationId = locationId,
            Failure = Header(context, DeadLetterRoute.FailureHeader) ?? DeadLetterRoute.Skipped,
            Attempts = Number(context, DeadLetterRoute.AttemptsHeader) ?? 1,
            FailedAt = Number(context, DeadLetterRoute.FailedAtHeader) ?? time.GetUtcNow().ToUnixTimeMilliseconds(),
            ContentType = context.ContentType?.ToString() ?? RawMessages.Envelope,
            Body = body,
        };
    }

    /// <summary>What the bus's envelope tells; anything may lie in a queue, so nothing is expected of it.</summary>
    private static (string? MessageId, string MessageType, string LocationId) Envelope(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var type = Member(json.RootElement, "messageType") is { ValueKind: JsonValueKind.Array } types && types.GetArrayLength() > 0 ? Text(types[0]) : null;
            var location = Member(json.RootElement, "message") is { } message ? Text(Member(message, "locationId")) : null;
            return (Text(Member(json.RootElement, "messageId")), type?[(type.LastIndexOf(':') + 1)..] ?? string.Empty, location ?? string.Empty);
        }
        catch (JsonException)
        {
            return (null, string.Empty, string.Empty);
        }
    }

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? Plain(text.GetString()) : null;

    private static string? Header(ReceiveContext context, string name) =>
        context.TransportHeaders.TryGetHeader(name, out var value) ? Plain(Convert.ToString(value, CultureInfo.InvariantCulture)) : null;

    private static long? Number(ReceiveContext context, string name) =>
        long.TryParse(Header(context, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Plain(string? text) => string.IsNullOrEmpty(text)
        ? null
        : string.Concat(text.Where(sign => !char.IsControl(sign) && !char.IsSurrogate(sign)).Take(LongestName));
}
