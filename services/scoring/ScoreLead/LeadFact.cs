namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>Names a lead.</summary>
internal readonly record struct LeadKey(string LocationId, string ContactId);

/// <summary>What one message changes in what is known of a lead.</summary>
/// <param name="Lead">Whose.</param>
/// <param name="Change">The features after it.</param>
/// <param name="Begins">False: a lead that is not in the book stays out of it.</param>
internal sealed record LeadFact(LeadKey Lead, Func<LeadFeatures, LeadFeatures> Change, bool Begins = true);
