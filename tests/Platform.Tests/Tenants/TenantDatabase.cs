using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Platform.Tests.Tenants;

/// <summary>A module's database with rows of several locations, and statements that forget to ask whose.</summary>
internal sealed class TenantDatabase(StoreBackend backend) : ModuleDatabase(backend, "tenants")
{
    public Task<int> AddAsync(string locationId, CancellationToken cancellation) => WriteAsync(
        unit => unit.ExecuteAsync("INSERT INTO parcel (location_id, content) VALUES (@locationId, 'x')", new { locationId }), cancellation);

    public Task<IReadOnlyList<string>> AllAsync(CancellationToken cancellation) =>
        ReadAsync(sql => sql.QueryAsync<string>("SELECT location_id FROM parcel ORDER BY id"), cancellation);
}
