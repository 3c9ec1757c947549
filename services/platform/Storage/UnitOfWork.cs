using System.Data.Common;
using Dapper;

namespace EnterpriseHub.Platform.Storage;

/// <summary>SQL on one open connection. Texts may use the words of <see cref="SqlDialect"/>.</summary>
public class SqlSession(DbConnection connection, DbTransaction? transaction, SqlDialect dialect, CancellationToken cancellation)
{
    private readonly List<Statement> _waiting = [];

    /// <summary>Ends when the caller gives up.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, object? arguments = null) => await IsAloneAsync()
        ? await connection.ExecuteAsync(Command(sql, arguments))
        : await StatementBatch.ExecuteAsync(connection, transaction, TakeWaiting(sql, arguments), cancellation);

    /// <summary>All rows, mapped to <typeparamref name="T"/> by column name (snake_case to PascalCase).</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments = null) => await IsAloneAsync()
        ? (await connection.QueryAsync<T>(Command(sql, arguments))).AsList()
        : await StatementBatch.QueryAsync<T>(connection, transaction, TakeWaiting(sql, arguments), cancellation);

    /// <summary>The first row, or the default of <typeparamref name="T"/> when there is none.</summary>
    public async Task<T?> FirstOrDefaultAsync<T>(string sql, object? arguments = null) => await IsAloneAsync()
        ? await connection.QueryFirstOrDefaultAsync<T?>(Command(sql, arguments))
        : (await StatementBatch.QueryAsync<T>(connection, transaction, TakeWaiting(sql, arguments), cancellation)).FirstOrDefault();

    /// <summary>Asks several questions in one round trip.</summary>
    /// <param name="sql">The questions, separated by semicolons.</param>
    /// <param name="arguments">Their parameters as properties.</param>
    /// <param name="read">Reads the answers in the order of the questions.</param>
    public async Task<T> QueryManyAsync<T>(string sql, object arguments, Func<SqlMapper.GridReader, Task<T>> read)
    {
        await FlushAsync();
        await using var answers = await connection.QueryMultipleAsync(Command(sql, arguments));
        return await read(answers);
    }

    /// <summary>Keeps a statement for the next one that is waited for.</summary>
    protected void Wait(string sql, object? arguments) => _waiting.Add(new Statement(sql, arguments));

    /// <summary>Runs what is kept.</summary>
    private async Task FlushAsync()
    {
        if (!await IsAloneAsync())
        {
            await StatementBatch.ExecuteAsync(connection, transaction, TakeWaiting(), cancellation);
        }
    }

    /// <summary>
    /// Ends the transaction; with statements that are kept, in their round trip. What has begun is not cancelled: whoever gives up now would
    /// not know whether it stands.
    /// </summary>
    internal async Task CommitAsync()
    {
        if (await IsAloneAsync())
        {
            await transaction!.CommitAsync(CancellationToken.None);
            return;
        }
        // The driver follows the server's word: the transaction counts as over for it, too.
        await StatementBatch.ExecuteAsync(connection, transaction, TakeWaiting("COMMIT", null), CancellationToken.None);
    }

    /// <summary>True when nothing has to go before the next statement; a driver without batches is brought there first.</summary>
    private async ValueTask<bool> IsAloneAsync()
    {
        if (_waiting.Count > 0 && !connection.CanCreateBatch)
        {
            foreach (var statement in TakeWaiting())
            {
                await connection.ExecuteAsync(Command(statement.Sql, statement.Arguments));
            }
        }
        return _waiting.Count == 0;
    }

    private List<Statement> TakeWaiting(string sql, object? arguments)
    {
        Wait(sql, arguments);
        return TakeWaiting();
    }

    private List<Statement> TakeWaiting()
    {
        List<Statement> statements = [.. _waiting.Select(statement => statement with { Sql = dialect.Write(statement.Sql) })];
        _waiting.Clear();
        return statements;
    }

    private CommandDefinition Command(string sql, object? arguments) =>
        new(dialect.Write(sql), arguments, transaction, cancellationToken: cancellation);
}

/// <summary>One transaction: rows and the messages that tell of them are committed together or not at all.</summary>
public sealed class UnitOfWork(DbConnection connection, DbTransaction transaction, SqlDialect dialect, CancellationToken cancellation)
    : SqlSession(connection, transaction, dialect, cancellation)
{
    private readonly List<(object Message, string? Stage)> _messages = [];

    /// <summary>Messages to go out once this commits, in order.</summary>
    internal IReadOnlyList<(object Message, string? Stage)> Messages => _messages;

    /// <summary>
    /// Adds a statement whose answer nobody waits for. It goes to the store in one round trip with those added before it and with the next
    /// one that is waited for, in this order, at the latest before the commit; what it throws is thrown there.
    /// </summary>
    /// <param name="sql">A statement that returns no rows.</param>
    /// <param name="arguments">Its parameters as properties: texts, numbers, flags, bytes, arrays.</param>
    public void Add(string sql, object? arguments = null) => Wait(sql, arguments);

    /// <summary>Puts a contract message in the outbox of this transaction. Commands and events alike: a command is an event with one consumer.</summary>
    /// <param name="message">What to publish.</param>
    /// <param name="stage">Stage that is reached when the message is handed to the bus, for <see cref="Observability.HubMetrics.StageDuration"/>; null measures nothing.</param>
    public void Publish(object message, string? stage = null) => _messages.Add((message, stage));
}
