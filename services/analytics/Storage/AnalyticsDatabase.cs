using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Analytics.Storage;

/// <summary>The analytics schema: counts, samples, leads and the activity feed. No message is ever stored here.</summary>
internal sealed class AnalyticsDatabase(StoreBackend backend) : ModuleDatabase(backend, "analytics");
