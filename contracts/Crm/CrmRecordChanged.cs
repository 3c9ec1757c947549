namespace EnterpriseHub.Contracts.Crm;

/// <summary>Event: something else changed in GHL: opportunity, appointment, note, task, location, user, campaign, voice call, unread count, workflow signal.</summary>
public sealed record CrmRecordChanged
{
    /// <summary>Id of the stored event.</summary>
    public required string EventId { get; init; }

    /// <summary>GHL location.</summary>
    public required string LocationId { get; init; }

    /// <summary>GHL contact it is about; null when none.</summary>
    public string? ContactId { get; init; }

    /// <summary><c>opportunity</c>, <c>appointment</c>, <c>note</c>, <c>task</c>, <c>location</c>, <c>user</c>, <c>campaign</c>, <c>conversation</c>, <c>voice_call</c>, <c>workflow</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>deleted</c>, <c>stage_changed</c>, <c>status_changed</c>, <c>completed</c>, <c>triggered</c>, …</summary>
    public required string Change { get; init; }

    /// <summary>GHL id of the record; null when GHL sent none.</summary>
    public string? RecordId { get; init; }

    /// <summary>Small facts by name (status, stageId, pipelineId, monetaryValue, startTime, …); no free text.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>When GHL says it changed, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
