using System.Data.Common;
using EnterpriseHub.Model.Tests.Scheduling;
using EnterpriseHub.Platform.Storage;

namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>The databases of a world: one in memory a schema, shared by all processes.</summary>
internal sealed class ModelStore(WorldClock clock) : IDisposable
{
    private readonly Dictionary<string, ModelConnection> _schemas = new(StringComparer.Ordinal);

    public ModelConnection Schema(string name) =>
        _schemas.TryGetValue(name, out var known) ? known : _schemas[name] = new ModelConnection(clock.Store);

    /// <summary>Schemas whose outbox may have grown.</summary>
    public HashSet<string> Written { get; } = new(StringComparer.Ordinal);

    public void CopyFrom(ModelStore other)
    {
        foreach (var (name, connection) in other._schemas)
        {
            connection.BackupDatabase(Schema(name));
        }
    }

    public void Dispose()
    {
        foreach (var connection in _schemas.Values)
        {
            connection.CloseForGood();
        }
    }
}

/// <summary>
/// The way of one process to the store: the loop decides when a read or a transaction begins; it is then done at once. Between two
/// port calls a process only computes, so that a second stop after the statement would show nothing new.
/// </summary>
internal sealed class ProcessStore(ModelStore store, Loop? loop, Process process) : StoreBackend
{
    private bool _entered;

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public override async Task<DbConnection> OpenAsync(string schema, CancellationToken cancellation)
    {
        if (_entered)
        {
            _entered = false;
        }
        else if (loop is not null)
        {
            await loop.YieldAsync(process, $"read {schema}", cancellation);
        }
        var connection = store.Schema(schema);
        return connection.InTransaction
            ? throw new InvalidOperationException($"A second connection to {schema} inside of a transaction.")
            : connection;
    }

    public override async Task<IDisposable> EnterWriteAsync(string schema, CancellationToken cancellation)
    {
        if (loop is not null)
        {
            await loop.YieldAsync(process, $"write {schema}", cancellation);
        }
        store.Written.Add(schema);
        _entered = true;
        return new MemoryStream();
    }

    public override Task MigrateAsync(string schema, Func<DbConnection, Task> migrate, CancellationToken cancellation) => migrate(store.Schema(schema));

    public override bool IsTransient(DbException failure) => false;
}
