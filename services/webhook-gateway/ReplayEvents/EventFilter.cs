using System.Globalization;
using System.Text.Json.Serialization;
using EnterpriseHub.Platform.Security;

namespace EnterpriseHub.WebhookGateway.ReplayEvents;

/// <summary>Which events or dead letters; what is left out does not narrow. Texts of messages cannot be searched.</summary>
internal sealed record EventFilter
{
    /// <summary>GHL location.</summary>
    public string? LocationId { get; init; }

    /// <summary>Events: accepted, parked, ignored, unknown_type, unknown_location, inactive_location. Dead letters: open, replayed, dismissed.</summary>
    public string? Status { get; init; }

    /// <summary>HighLevel's event type, or the dead letter's message type.</summary>
    public string? Type { get; init; }

    /// <summary>Events only.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Events only.</summary>
    public string? ContactId { get; init; }

    /// <summary>Dead letters only: the queue in which it failed.</summary>
    public string? Queue { get; init; }

    /// <summary>Dead letters only: type name of the exception.</summary>
    public string? Failure { get; init; }

    /// <summary>Came at this time or later, ISO 8601; without an offset it is UTC.</summary>
    public string? From { get; init; }

    /// <summary>Came before this time, ISO 8601; without an offset it is UTC.</summary>
    public string? To { get; init; }

    [JsonIgnore]
    internal long FromMs => Time(From) ?? 0;

    [JsonIgnore]
    internal long ToMs => Time(To) ?? long.MaxValue;

    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Wrong() =>
        From is { Length: > 0 } && Time(From) is null ? "'from' must be a time like 2026-11-20T08:00:00Z."
        : To is { Length: > 0 } && Time(To) is null ? "'to' must be a time like 2026-11-20T08:00:00Z."
        : null;

    /// <summary>Narrows to what the caller may see.</summary>
    /// <returns>Null when the filter names another's location: answer 404.</returns>
    public EventFilter? For(Caller caller) => caller.TryNarrow(LocationId, out var locationId) ? this with { LocationId = locationId } : null;

    private static long? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds() : null;
}
