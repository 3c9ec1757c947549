using System.Text.Json;
using EnterpriseHub.Contracts.Scoring;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>A lead's score as it is published; a row of <c>lead_score</c>.</summary>
internal sealed record ScoreRow
{
    public required string LocationId { get; init; }

    public required string ContactId { get; init; }

    /// <summary>0 to 100; null: nothing is known of the lead. Such a row is never stored.</summary>
    public long? Score { get; init; }

    /// <summary>JSON, strongest first.</summary>
    public required string Reasons { get; init; }

    public required string Model { get; init; }

    /// <summary>Unix milliseconds of the store's clock.</summary>
    public long At { get; init; }

    public LeadKey Key => new(LocationId, ContactId);

    public static ScoreRow Of(LeadKey lead, ScoredLead scored, DateTimeOffset at) => new()
    {
        LocationId = lead.LocationId,
        ContactId = lead.ContactId,
        Score = scored.Score,
        Reasons = JsonSerializer.Serialize(scored.Reasons, JsonSerializerOptions.Web),
        Model = LeadScorer.Model,
        At = at.ToUnixTimeMilliseconds(),
    };

    /// <summary>True when only the time differs.</summary>
    public bool SaysTheSame(ScoreRow other) => this with { At = 0 } == other with { At = 0 };

    public LeadScored ToMessage() => new()
    {
        LocationId = LocationId,
        ContactId = ContactId,
        Score = (int?)Score,
        Reasons = JsonSerializer.Deserialize<List<ScoreReason>>(Reasons, JsonSerializerOptions.Web)!,
        Model = Model,
        At = DateTimeOffset.FromUnixTimeMilliseconds(At),
    };
}
