using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Platform.Security;

/// <summary>Keys and sessions, one schema for all services, so that a key works at every door.</summary>
internal sealed class SecurityDatabase(StoreBackend backend) : ModuleDatabase(backend, "security", outbox: false);
