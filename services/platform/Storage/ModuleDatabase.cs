using System.Data.Common;
using System.Reflection;
using System.Threading.Channels;
using Dapper;
using EnterpriseHub.Platform.Messaging;

namespace EnterpriseHub.Platform.Storage;

/// <summary>
/// A module's own schema. Derive one sealed class a module and register it with <c>AddModuleDatabase</c>;
/// migrations are the embedded <c>Migrations/*.sql</c> of the derived class's assembly, in name order.
/// </summary>
/// <param name="backend">The store that was chosen at start.</param>
/// <param name="schema">Schema or file name, e.g. <c>gateway</c>.</param>
public abstract class ModuleDatabase(StoreBackend backend, string schema)
{
    static ModuleDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private readonly Channel<OutboxRow> _committed = Channel.CreateUnbounded<OutboxRow>();

    /// <summary>Schema or file name.</summary>
    public string Schema => schema;

    /// <summary>Outbox rows that were just committed, for the relay of this process.</summary>
    internal ChannelReader<OutboxRow> Committed => _committed.Reader;

    /// <summary>Reads without a transaction.</summary>
    public async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await backend.OpenAsync(schema, cancellation);
        return await read(new SqlSession(connection, null, backend.Dialect, cancellation));
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
        IReadOnlyList<OutboxRow> rows = [];
        using (await backend.EnterWriteAsync(schema, cancellation))
        {
            await using var connection = await backend.OpenAsync(schema, cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var unit = new UnitOfWork(connection, transaction, backend.Dialect, cancellation);
            if (!await write(unit))
            {
                await transaction.RollbackAsync(CancellationToken.None);
                return false;
            }
            rows = await Outbox.StoreAsync(unit);
            await transaction.CommitAsync(CancellationToken.None);
        }
        foreach (var row in rows)
        {
            _committed.Writer.TryWrite(row);
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
            await RunAsync(connection, "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY)");
            var done = (await connection.QueryAsync<string>("SELECT name FROM schema_migration")).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, sql) in Scripts().Where(script => !done.Contains(script.Name)))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                await connection.ExecuteAsync(backend.Dialect.Write(sql), transaction: transaction);
                await connection.ExecuteAsync("INSERT INTO schema_migration (name) VALUES (@name)", new { name }, transaction);
                await transaction.CommitAsync(cancellation);
            }
        },
        cancellation);

    private IEnumerable<(string Name, string Sql)> Scripts() =>
        Scripts(typeof(ModuleDatabase).Assembly, "EnterpriseHub.Platform.Storage.Migrations.")
            .Concat(Scripts(GetType().Assembly, "EnterpriseHub."))
            .DistinctBy(script => script.Name);

    private static IEnumerable<(string Name, string Sql)> Scripts(Assembly assembly, string prefix) =>
        from name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)
        where name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal)
        select (name, ReadAll(assembly, name));

    private static string ReadAll(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static Task<int> RunAsync(DbConnection connection, string sql) => connection.ExecuteAsync(sql);
}
