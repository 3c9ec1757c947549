using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Dapper;

namespace EnterpriseHub.Platform.Storage;

/// <summary>A statement in the store's own words.</summary>
/// <param name="Sql">Its text, with parameters as <c>@Name</c>.</param>
/// <param name="Arguments">Their values as properties, as Dapper takes them; null when it has none.</param>
internal sealed record Statement(string Sql, object? Arguments);

/// <summary>Statements that go to the store in one round trip and are done in their order.</summary>
internal static partial class StatementBatch
{
    private static readonly ConcurrentDictionary<(Type, string), IReadOnlyList<Column>> Known = new();

    /// <summary>Runs all.</summary>
    /// <returns>The rows that the last one changed.</returns>
    public static async Task<int> ExecuteAsync(DbConnection connection, DbTransaction? transaction, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        await using var batch = Make(connection, transaction, statements);
        await batch.ExecuteNonQueryAsync(cancellation);
        return batch.BatchCommands[^1].RecordsAffected;
    }

    /// <summary>Runs all; only the last one may return rows.</summary>
    /// <returns>Its rows.</returns>
    public static async Task<List<T>> QueryAsync<T>(DbConnection connection, DbTransaction? transaction, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        await using var batch = Make(connection, transaction, statements);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        if (reader.FieldCount > 0)
        {
            var parse = reader.GetRowParser(typeof(T));
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add((T)parse(reader));
            }
        }
        // To its end: what a later statement throws comes with the next result.
        while (await reader.NextResultAsync(cancellation))
        {
            throw new InvalidOperationException("A statement that nobody waits for returned rows.");
        }
        return rows;
    }

    private static DbBatch Make(DbConnection connection, DbTransaction? transaction, IReadOnlyList<Statement> statements)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            foreach (var column in statement.Arguments is null ? [] : Known.GetOrAdd((statement.Arguments.GetType(), statement.Sql), ColumnsOf))
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = column.Name;
                if (column.Type is { } type)
                {
                    parameter.DbType = type;
                }
                parameter.Value = column.Read(statement.Arguments!) ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    /// <summary>The properties that the text names.</summary>
    private static List<Column> ColumnsOf((Type Type, string Sql) statement)
    {
        var named = Parameter().Matches(statement.Sql).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from property in statement.Type.GetProperties()
               where named.Contains(property.Name) && property.GetIndexParameters().Length == 0
               select new Column(property.Name, TypeOf(property.PropertyType), Reader(statement.Type, property.Name)),
        ];
    }

    private static Func<object, object?> Reader(Type type, string property)
    {
        var row = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(Expression.Property(Expression.Convert(row, type), property), typeof(object)), row).Compile();
    }

    /// <summary>By the declared type, so that null and not null are one prepared statement; null leaves a list to the driver.</summary>
    private static DbType? TypeOf(Type declared) => Type.GetTypeCode(Nullable.GetUnderlyingType(declared) ?? declared) switch
    {
        TypeCode.String => DbType.String,
        TypeCode.Int64 => DbType.Int64,
        TypeCode.Int32 => DbType.Int32,
        TypeCode.Double => DbType.Double,
        TypeCode.Boolean => DbType.Boolean,
        TypeCode.Decimal => DbType.Decimal,
        _ => declared == typeof(byte[]) ? DbType.Binary : null,
    };

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();

    private sealed record Column(string Name, DbType? Type, Func<object, object?> Read);
}
