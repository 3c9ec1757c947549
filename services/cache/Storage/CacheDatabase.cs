using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Cache.Storage;

/// <summary>The cache schema: what people wrote of their market. Cached entries themselves are never stored here.</summary>
internal sealed class CacheDatabase(StoreBackend backend) : ModuleDatabase(backend, "cache");
