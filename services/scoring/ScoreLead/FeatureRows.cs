using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>The SQL of <c>lead_features</c>.</summary>
internal static class FeatureRows
{
    private const string Read = "SELECT * FROM lead_features WHERE location_id = @locationId AND contact_id = @contactId";

    public static void Begin(UnitOfWork unit, string locationId, string contactId) => unit.Add(
        "INSERT INTO lead_features (location_id, contact_id, updated_at) VALUES (@locationId, @contactId, now_ms()) ON CONFLICT DO NOTHING",
        new { locationId, contactId });

    public static Task<LeadFeatures?> FindAsync(SqlSession session, string locationId, string contactId) =>
        session.FirstOrDefaultAsync<LeadFeatures>(Read, new { locationId, contactId });

    /// <summary>Reads the row and keeps other instances off it until the transaction ends.</summary>
    public static Task<LeadFeatures?> LockAsync(UnitOfWork unit, string locationId, string contactId) =>
        unit.FirstOrDefaultAsync<LeadFeatures>(Read + " {for_update}", new { locationId, contactId });

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
    public static async Task<bool> DeleteAsync(UnitOfWork unit, string locationId, string contactId)
    {
        await unit.ExecuteAsync("DELETE FROM lead_score WHERE location_id = @locationId AND contact_id = @contactId", new { locationId, contactId });
        return await unit.ExecuteAsync("DELETE FROM lead_features WHERE location_id = @locationId AND contact_id = @contactId", new { locationId, contactId }) == 1;
    }
}
