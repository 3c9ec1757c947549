using System.Data.Common;
using Dapper;

namespace EnterpriseHub.Platform.Storage;

/// <summary>SQL on one open connection. Texts may use the words of <see cref="SqlDialect"/>.</summary>
public class SqlSession(DbConnection connection, DbTransaction? transaction, SqlDialect dialect, CancellationToken cancellation)
{
    /// <summary>Ends when the caller gives up.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows it changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? arguments = null) => connection.ExecuteAsync(Command(sql, arguments));

    /// <summary>All rows, mapped to <typeparamref name="T"/> by column name (snake_case to PascalCase).</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments = null) =>
        (await connection.QueryAsync<T>(Command(sql, arguments))).AsList();

    /// <summary>The first row, or the default of <typeparamref name="T"/> when there is none.</summary>
    public Task<T?> FirstOrDefaultAsync<T>(string sql, object? arguments = null) =>
        connection.QueryFirstOrDefaultAsync<T?>(Command(sql, arguments));

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

    /// <summary>Puts a contract message in the outbox of this transaction. Commands and events alike: a command is an event with one consumer.</summary>
    /// <param name="message">What to publish.</param>
    /// <param name="stage">Stage that is reached when the message is handed to the bus, for <see cref="Observability.HubMetrics.StageDuration"/>; null measures nothing.</param>
    public void Publish(object message, string? stage = null) => _messages.Add((message, stage));
}
