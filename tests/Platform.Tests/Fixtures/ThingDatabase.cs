using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Platform.Tests.Fixtures
{
    internal sealed class ThingDatabase(StoreBackend backend) : ModuleDatabase(backend, "things");

    internal sealed record ThingHappened(string ThingId);
}

namespace EnterpriseHub.Platform.Tests.Other
{
    /// <summary>A second database of the same assembly: no script lies below it, and it has no outbox.</summary>
    internal sealed class OtherDatabase(StoreBackend backend) : ModuleDatabase(backend, "other", outbox: false);
}
