using System.Data.Common;
using Dapper;

namespace EnterpriseHub.Platform.Storage;

/// <summary>
/// PostgreSQL's lock on rows: a connection sees and writes the rows of the location that its setting <c>hub.location</c> names,
/// all with <c>*</c>, none without it. Every table with a <c>location_id</c> has it; nobody needs to remember.
/// </summary>
internal static class RowSecurity
{
    /// <summary>Start option of the product's own connections: no round trip, and the pool's reset between two uses comes back to it.</summary>
    public const string StartOption = $"-c hub.location={LocationScope.All}";

    /// <summary>Narrows a transaction. It ends with it, however it ends, so that the next user of the connection never has it.</summary>
    public const string Narrow = "SELECT set_config('hub.location', @location, true)";

    /// <summary>Another rule needs another name: by its name a table is known to be done.</summary>
    private const string Policy = "hub_location_1";

    // Unset is NULL, or empty once a transaction has set it: neither lets anything through, not even a row without a location.
    private const string Rule =
        "current_setting('hub.location', true) = '*' OR (location_id <> '' AND location_id = current_setting('hub.location', true))";

    /// <summary>Locks the schema's tables that are not locked yet; a start that finds all done changes and blocks nothing.</summary>
    public static async Task ApplyAsync(DbConnection connection, string schema, CancellationToken cancellation)
    {
        var open = await connection.QueryAsync<string>(new CommandDefinition(
            """
            SELECT c.relname::text FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = @schema
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'location_id' AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity
              AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = @policy))
            """,
            new { schema, policy = Policy },
            cancellationToken: cancellation));
        foreach (var table in open.AsList())
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await connection.ExecuteAsync(new CommandDefinition(Lock($"\"{schema}\".\"{table}\""), transaction: transaction, cancellationToken: cancellation));
            await transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>True when the role of this connection passes by every policy.</summary>
    public static Task<bool> IsBypassedAsync(DbConnection connection, CancellationToken cancellation) => connection.QuerySingleAsync<bool>(
        new CommandDefinition("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", cancellationToken: cancellation));

    /// <summary>FORCE: the product's role owns its tables, and an owner passes by otherwise.</summary>
    private static string Lock(string table) =>
        $"""
        DROP POLICY IF EXISTS {Policy} ON {table};
        CREATE POLICY {Policy} ON {table} USING ({Rule}) WITH CHECK ({Rule});
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY
        """;
}
