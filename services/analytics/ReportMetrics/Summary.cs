namespace EnterpriseHub.Analytics.ReportMetrics;

/// <summary>Answer of <c>GET /api/metrics/summary</c>: what happened in the window, and what stands open now.</summary>
internal sealed record Summary
{
    /// <summary>Length of the window, minutes. It starts at a full minute, so that it may cover up to one more.</summary>
    public required int WindowMinutes { get; init; }

    /// <summary>The one location it speaks of; null for all that the caller may see.</summary>
    public string? LocationId { get; init; }

    /// <summary>Counts of the window.</summary>
    public required Totals Window { get; init; }

    /// <summary>Counts since <c>dayStart</c>.</summary>
    public required Totals Today { get; init; }

    /// <summary>Replies that were decided in the last day and have not settled: on their way, or waiting for quiet hours to end.</summary>
    public required long Waiting { get; init; }

    /// <summary>Replies of the last day that a person must look at.</summary>
    public required long Held { get; init; }

    /// <summary>Replies of the window by state and reason, most first.</summary>
    public required IReadOnlyList<Tally> Replies { get; init; }

    /// <summary>Turns of the window by decision and reason, most first.</summary>
    public required IReadOnlyList<Tally> Turns { get; init; }

    /// <summary>CRM actions of the window by state and action, most first.</summary>
    public required IReadOnlyList<Tally> CrmActions { get; init; }

    /// <summary>Acknowledgement (received to stored), decision (received to decided) and end to end (received to answered by GHL).</summary>
    public required IReadOnlyList<Percentiles> Path { get; init; }

    /// <summary>Each step of the turns.</summary>
    public required IReadOnlyList<Percentiles> Steps { get; init; }

    /// <summary>The window in buckets without gaps, oldest first.</summary>
    public required IReadOnlyList<Bucket> Series { get; init; }
}

/// <summary>Counts over a span of time.</summary>
/// <param name="Messages">Messages of leads.</param>
/// <param name="Turns">Turns that were decided.</param>
/// <param name="Replies">Replies that GHL has.</param>
/// <param name="CrmActions">CRM actions that are done.</param>
/// <param name="OptOuts">Contacts who asked to stop.</param>
/// <param name="CostMicroUsd">Cost of model calls, millionths of a US dollar.</param>
internal sealed record Totals(long Messages, long Turns, long Replies, long CrmActions, long OptOuts, long CostMicroUsd);

/// <summary>How often one outcome came.</summary>
internal sealed record Tally(string Outcome, string Reason, long Count);

/// <summary>One bar of the chart.</summary>
/// <param name="At">Start, Unix milliseconds.</param>
/// <param name="Minutes">Length.</param>
/// <param name="Messages">Messages of leads.</param>
/// <param name="Replies">Replies that GHL has.</param>
internal sealed record Bucket(long At, int Minutes, long Messages, long Replies);

/// <summary>What a summary is asked for.</summary>
/// <param name="LocationId">One location, or null for all.</param>
/// <param name="WindowMinutes">1 to 1 440.</param>
/// <param name="DayStart">Start of the reader's day, Unix milliseconds.</param>
internal sealed record SummaryQuestion(string? LocationId, int WindowMinutes, long DayStart);
