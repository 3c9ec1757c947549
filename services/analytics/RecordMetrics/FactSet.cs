namespace EnterpriseHub.Analytics.RecordMetrics;

/// <summary>Where a fact is counted.</summary>
internal sealed record CountKey(string LocationId, long Minute, string Name, string Outcome, string Reason);

/// <summary>One latency.</summary>
internal sealed record LatencySample(string LocationId, string Family, string Name, string Outcome, double Ms, long At);

/// <summary>One line of the activity feed; <paramref name="Amount"/> is a score, a cost or a number, by kind.</summary>
internal sealed record Happened(
    string LocationId, string Kind, string Outcome, string Reason, string? ContactId, string? ConversationId, long Amount, long At);

/// <summary>A change of one row. Rows are changed in the order of <paramref name="Key"/>, so that two instances never wait for each other in a ring.</summary>
internal sealed record RowChange(string Key, string Sql, object Arguments);

/// <summary>All that one message adds to the books.</summary>
internal sealed record FactSet(CountKey Count)
{
    /// <summary>Identity of the fact where it may be announced again in another message; null: the message's own id.</summary>
    public string? Id { get; init; }

    public long Amount { get; init; }

    public IReadOnlyList<LatencySample> Samples { get; init; } = [];

    public Happened? Activity { get; init; }

    public IReadOnlyList<RowChange> Rows { get; init; } = [];
}
