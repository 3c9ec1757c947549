using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>The SQL of <c>lead_features</c>.</summary>
internal static class FeatureRows
{
    public static void Begin(UnitOfWork unit, IEnumerable<LeadKey> leads)
    {
        // In one order, so that two instances never wait for each other.
        foreach (var lead in leads.Distinct().OrderBy(lead => lead.LocationId, StringComparer.Ordinal).ThenBy(lead => lead.ContactId, StringComparer.Ordinal))
        {
            unit.Add(
                "INSERT INTO lead_features (location_id, contact_id, updated_at) VALUES (@LocationId, @ContactId, now_ms()) ON CONFLICT DO NOTHING",
                new { lead.LocationId, lead.ContactId });
        }
    }

    public static Task<LeadFeatures?> FindAsync(SqlSession session, LeadKey lead) => session.FirstOrDefaultAsync<LeadFeatures>(
        "SELECT * FROM lead_features WHERE location_id = @LocationId AND contact_id = @ContactId", new { lead.LocationId, lead.ContactId });

    public static void Save(UnitOfWork unit, LeadFeatures lead) => unit.Add(
        """
        UPDATE lead_features SET
          messages = @Messages, first_at = @FirstAt, last_at = @LastAt, last_reply_at = @LastReplyAt, reply_gaps = @ReplyGaps,
          answered = @Answered, mode = @Mode, temperature = @Temperature, intent = @Intent, sentiment = @Sentiment, urgency = @Urgency,
          timeline_accepted = @TimelineAccepted, objections = @Objections, human_requests = @HumanRequests,
          opted_out = @OptedOut, opted_out_at = @OptedOutAt, dnd = @Dnd, turn_seq = @TurnSeq, updated_at = now_ms()
        WHERE location_id = @LocationId AND contact_id = @ContactId
        """,
        lead);

    /// <returns>False when the lead was not in the book.</returns>
    public static async Task<bool> DeleteAsync(UnitOfWork unit, LeadKey lead)
    {
        var key = new { lead.LocationId, lead.ContactId };
        unit.Add("DELETE FROM lead_score WHERE location_id = @LocationId AND contact_id = @ContactId", key);
        return await unit.ExecuteAsync("DELETE FROM lead_features WHERE location_id = @LocationId AND contact_id = @ContactId", key) == 1;
    }
}
