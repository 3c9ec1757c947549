using System.Globalization;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>All that the score may depend on; a row of <c>lead_features</c>.</summary>
internal sealed record LeadFeatures
{
    private const int GapsKept = 9;

    public required string LocationId { get; init; }

    public required string ContactId { get; init; }

    public LeadKey Key => new(LocationId, ContactId);

    public long Messages { get; init; }

    public long FirstAt { get; init; }

    public long LastAt { get; init; }

    public long LastReplyAt { get; init; }

    /// <summary>Milliseconds the lead took to answer us, newest last, separated by spaces.</summary>
    public string ReplyGaps { get; init; } = "";

    public long Answered { get; init; }

    public string Mode { get; init; } = "lead";

    public string Temperature { get; init; } = "cold";

    public string? Intent { get; init; }

    public string? Sentiment { get; init; }

    public string? Urgency { get; init; }

    public long? TimelineAccepted { get; init; }

    public long Objections { get; init; }

    public long HumanRequests { get; init; }

    public long OptedOut { get; init; }

    public long OptedOutAt { get; init; }

    public long Dnd { get; init; }

    public long TurnSeq { get; init; }

    /// <summary>False while there is nothing to score: such a lead has no score rather than a low one.</summary>
    public bool Known => Messages > 0 || TurnSeq > 0 || OptedOut != 0;

    /// <summary>Median of the kept answer times; null before the first answer.</summary>
    public TimeSpan? MedianReplyGap()
    {
        var gaps = Gaps().Order().ToList();
        return gaps.Count == 0 ? null : TimeSpan.FromMilliseconds(gaps[gaps.Count / 2]);
    }

    /// <summary>With one more answer time; the oldest is forgotten.</summary>
    public LeadFeatures WithReplyGap(long ms) => this with
    {
        ReplyGaps = string.Join(' ', Gaps().Append(ms).TakeLast(GapsKept).Select(gap => gap.ToString(CultureInfo.InvariantCulture))),
    };

    private IEnumerable<long> Gaps() =>
        ReplyGaps.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(gap => long.Parse(gap, CultureInfo.InvariantCulture));
}
