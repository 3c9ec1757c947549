using System.Diagnostics;
using System.Threading.Channels;
using Dapper;
using EnterpriseHub.Platform.Messaging;

namespace EnterpriseHub.Platform.Storage;

/// <summary>How busy a database is now.</summary>
/// <param name="Schema">Schema or file name.</param>
/// <param name="InUse">Connections in use by this process.</param>
/// <param name="Limit">Most connections it may use; null when the store sets no limit.</param>
/// <param name="Waiting">Writers that wait for their turn or for a connection.</param>
public sealed record StorePool(string Schema, int InUse, int? Limit, int Waiting);

/// <summary>
/// A module's own schema. Derive one sealed class a module and register it with <c>AddModuleDatabase</c>; migrations are the
/// embedded <c>Migrations/NNNN_name.sql</c> of its assembly (below its namespace, if the assembly has several databases).
/// </summary>
/// <param name="backend">The store that was chosen at start.</param>
/// <param name="schema">Schema or file name, e.g. <c>gateway</c>.</param>
/// <param name="outbox">False for a schema that publishes nothing: it gets no outbox and no inbox.</param>
public abstract class ModuleDatabase(StoreBackend backend, string schema, bool outbox = true)
{
    private const int RelayRoom = 2_000;

    static ModuleDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    // Bounded: what does not fit stays in the table and is found by the sweep, so a dead broker costs no memory.
    private readonly Channel<OutboxRow> _committed = Channel.CreateBounded<OutboxRow>(RelayRoom);
    private int _inUse;
    private int _waiting;

    /// <summary>Schema or file name.</summary>
    public string Schema => schema;

    /// <summary>Connections in use and writers in line.</summary>
    public StorePool Pool => new(schema, Volatile.Read(ref _inUse), backend.ConnectionLimit, Volatile.Read(ref _waiting));

    /// <summary>Outbox rows that were just committed, for the relay of this process.</summary>
    internal ChannelReader<OutboxRow> Committed => _committed.Reader;

    /// <summary>Reads; without a transaction unless it is a location's work (<see cref="LocationScope"/>).</summary>
    public async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _inUse);
        try
        {
            await using var connection = await backend.OpenAsync(schema, cancellation);
            if (Narrowed is null)
            {
                return await read(new SqlSession(connection, null, backend.Dialect, cancellation));
            }
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var session = new SqlSession(connection, transaction, backend.Dialect, cancellation);
            await NarrowAsync(session);
            return await read(session);
        }
        finally
        {
            Interlocked.Decrement(ref _inUse);
        }
    }

    /// <summary>
    /// Writes in one transaction, then hands the published messages to the relay. Never await a network call inside:
    /// in the embedded store it would hold up every writer.
    /// </summary>
    /// <param name="write">Return <c>false</c> to roll back without an error.</param>
    /// <param name="cancellation">Ends the wait for the connection and the statements; a commit that began is not undone.</param>
    /// <returns>What <paramref name="write"/> returned.</returns>
    public async Task<bool> TryWriteAsync(Func<UnitOfWork, Task<bool>> write, CancellationToken cancellation)
    {
        IReadOnlyList<OutboxRow> rows;
        using (await EnterAsync(cancellation))
        {
            Interlocked.Increment(ref _inUse);
            try
            {
                await using var connection = await backend.OpenAsync(schema, cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var unit = new UnitOfWork(connection, transaction, backend.Dialect, cancellation);
                await NarrowAsync(unit);
                if (!await write(unit))
                {
                    await transaction.RollbackAsync(CancellationToken.None);
                    return false;
                }
                rows = Outbox.Store(unit);
                await unit.CommitAsync();
            }
            finally
            {
                Interlocked.Decrement(ref _inUse);
            }
        }
        var storedAt = Stopwatch.GetTimestamp();
        foreach (var row in rows)
        {
            _committed.Writer.TryWrite(row with { StoredAt = storedAt });
        }
        return true;
    }

    /// <summary>Writes in one transaction and returns a value; see <see cref="TryWriteAsync"/>.</summary>
    public async Task<T> WriteAsync<T>(Func<UnitOfWork, Task<T>> write, CancellationToken cancellation)
    {
        T result = default!;
        await TryWriteAsync(
            async unit =>
            {
                result = await write(unit);
                return true;
            },
            cancellation);
        return result;
    }

    /// <summary>Brings the schema up to date; safe when several processes start at once.</summary>
    internal Task MigrateAsync(CancellationToken cancellation) => backend.MigrateAsync(
        schema,
        async connection =>
        {
            await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY)");
            foreach (var (name, sql) in MigrationScripts.Of(GetType(), outbox))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                // Taken first and inside the transaction: of two processes one waits here and then has nothing to do.
                if (await connection.ExecuteAsync("INSERT INTO schema_migration (name) VALUES (@name) ON CONFLICT DO NOTHING", new { name }, transaction) == 1)
                {
                    await connection.ExecuteAsync(backend.Dialect.Write(sql), transaction: transaction);
                }
                await transaction.CommitAsync(cancellation);
            }
        },
        cancellation);

    /// <summary>The location whose work this is, where the store can keep to it.</summary>
    private string? Narrowed => backend.HasRowSecurity ? LocationScope.Current : null;

    private Task NarrowAsync(SqlSession session) =>
        Narrowed is { } location ? session.ExecuteAsync(RowSecurity.Narrow, new { location }) : Task.CompletedTask;

    private async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            return await backend.EnterWriteAsync(schema, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
