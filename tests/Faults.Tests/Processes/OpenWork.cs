using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EnterpriseHub.Faults.Tests.Processes;

/// <summary>
/// Reads what the product still has to do. Only says when a run may be judged; the judge is the simulator's ledger.
/// Locations named <c>wait-…</c> are left out: their replies wait for an hour or a day that does not come within the run.
/// </summary>
internal abstract class OpenWork
{
    private static readonly (string Schema, string What, string Sql)[] Questions =
    [
        ("gateway", "replies on their way", "SELECT COUNT(*) FROM {0}outbound_message WHERE state IN ('planned', 'sending', 'unknown') AND location_id NOT LIKE 'wait-%'"),
        ("gateway", "CRM actions on their way", "SELECT COUNT(*) FROM {0}crm_action WHERE state IN ('planned', 'running') AND location_id NOT LIKE 'wait-%'"),
        ("gateway", "messages without a turn", "SELECT COUNT(*) FROM {0}inbound_event WHERE settled_at = 0 AND status = 'accepted'"),
        ("orchestrator", "conversations that wait", "SELECT COUNT(*) FROM {0}conversation WHERE arrived > answered"),
        ("orchestrator", "turns without an end", "SELECT COUNT(*) FROM {0}turn WHERE delivery = 'pending' AND location_id NOT LIKE 'wait-%'"),
        .. from schema in new[] { "gateway", "orchestrator", "scoring", "analytics", "cache" }
           select (schema, $"unpublished messages of {schema}", "SELECT COUNT(*) FROM {0}outbox WHERE published_at = 0"),
    ];

    /// <summary>Count of open things by name; empty when all is done.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync()
    {
        var open = new Dictionary<string, long>();
        foreach (var (schema, what, sql) in Questions)
        {
            if (await NumberAsync(schema, sql) is > 0 and var count)
            {
                open[what] = count;
            }
        }
        return open;
    }

    /// <summary>One text, or null; <c>{0}</c> in the text stands for the schema's prefix.</summary>
    public async Task<string?> TextAsync(string schema, string sql, object arguments)
    {
        await using var connection = await OpenAsync(schema);
        return await connection.ExecuteScalarAsync<string?>(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, Prefix(schema)), arguments);
    }

    /// <summary>What the tables say of a lead, oldest first and without any text: what a person needs to see why a promise broke.</summary>
    public async Task<string> HistoryAsync(string contactId) =>
        $"TURNS {await RowsAsync("orchestrator", "SELECT * FROM {0}turn WHERE contact_id = @contactId ORDER BY decided_at", contactId, TurnColumns)}; "
        + $"SENDS {await RowsAsync("gateway", "SELECT * FROM {0}outbound_message WHERE contact_id = @contactId ORDER BY planned_at", contactId, SendColumns)}; "
        + $"EVENTS {await RowsAsync("gateway", "SELECT * FROM {0}inbound_event WHERE contact_id = @contactId ORDER BY seq", contactId, EventColumns)}";

    private static readonly string[] TurnColumns = ["turn_id", "epoch", "answers_up_to_seq", "answers_up_to", "decision", "reason", "follows", "delivery", "delivery_reason", "decided_at", "settled_at", "rings"];
    private static readonly string[] SendColumns = ["turn_id", "epoch", "answers_up_to_seq", "state", "reason", "follows", "planned_at", "send_started_at", "settled_at", "blind_posts", "reads"];
    private static readonly string[] EventColumns = ["event_id", "seq", "status", "received_at", "accepted_at", "settled_at", "rings", "deliveries"];

    private async Task<string> RowsAsync(string schema, string sql, string contactId, string[] columns)
    {
        await using var connection = await OpenAsync(schema);
        var rows = await connection.QueryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, Prefix(schema)), new { contactId });
        return string.Join(" / ", rows.Select(row => string.Join(' ', columns.Select(column => $"{column}={((IDictionary<string, object?>)row)[column]}"))));
    }

    /// <summary>One number; <c>{0}</c> in the text stands for the schema's prefix.</summary>
    public async Task<long> NumberAsync(string schema, string sql)
    {
        await using var connection = await OpenAsync(schema);
        return await connection.ExecuteScalarAsync<long>(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, Prefix(schema)));
    }

    protected abstract Task<DbConnection> OpenAsync(string schema);

    protected abstract string Prefix(string schema);
}

internal sealed class PostgresWork(string connection) : OpenWork
{
    protected override async Task<DbConnection> OpenAsync(string schema)
    {
        var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Options = "-c hub.location=*" }.ConnectionString);
        await opened.OpenAsync();
        return opened;
    }

    protected override string Prefix(string schema) => schema + ".";
}

internal sealed class SqliteWork(string folder) : OpenWork
{
    protected override async Task<DbConnection> OpenAsync(string schema)
    {
        var opened = new SqliteConnection($"Data Source={Path.Combine(folder, schema + ".db")};Mode=ReadOnly;Pooling=False");
        await opened.OpenAsync();
        return opened;
    }

    protected override string Prefix(string schema) => "";
}
