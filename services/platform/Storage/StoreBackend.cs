using System.Data.Common;

namespace EnterpriseHub.Platform.Storage;

/// <summary>One row of the store table: how to reach a module's own schema (PostgreSQL) or file (SQLite).</summary>
public abstract class StoreBackend
{
    /// <summary>The store's dialect.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Connections that a module may have at most; null when there is no limit.</summary>
    public virtual int? ConnectionLimit => null;

    /// <summary>True when the store itself keeps locations apart; see <see cref="LocationScope"/>.</summary>
    public virtual bool HasRowSecurity => false;

    /// <summary>Opens a connection to a module's schema; dispose it to give it back.</summary>
    public abstract Task<DbConnection> OpenAsync(string schema, CancellationToken cancellation);

    /// <summary>Waits until this process may write to the schema; disposing the answer lets the next one in.</summary>
    public abstract Task<IDisposable> EnterWriteAsync(string schema, CancellationToken cancellation);

    /// <summary>Makes the schema if it is missing and holds other processes off while <paramref name="migrate"/> runs.</summary>
    /// <exception cref="StoreUnreachableException">The store did not answer in time.</exception>
    public abstract Task MigrateAsync(string schema, Func<DbConnection, Task> migrate, CancellationToken cancellation);

    /// <summary>True when a failure is worth another try: a lost connection, a deadlock, a serialization clash.</summary>
    public abstract bool IsTransient(DbException failure);
}

/// <summary>The store cannot be used; stops the start.</summary>
public sealed class StoreUnreachableException(string message, Exception? cause) : Exception(message, cause);
