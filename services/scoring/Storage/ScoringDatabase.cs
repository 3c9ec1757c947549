using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Scoring.Storage;

/// <summary>The scoring schema: what is known of each lead, and its score.</summary>
internal sealed class ScoringDatabase(StoreBackend backend) : ModuleDatabase(backend, "scoring");
