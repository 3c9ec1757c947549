using Npgsql;

namespace EnterpriseHub.LoadTests.Floor;

/// <summary>Inserts one row of a webhook's size and commits: the floor of a durable acknowledgement over PostgreSQL.</summary>
internal sealed class PostgresFloor : IStageFloor
{
    private readonly NpgsqlDataSource _source;

    private PostgresFloor(NpgsqlDataSource source) => _source = source;

    public string Name => "PostgreSQL commit of one row";

    public static async Task<PostgresFloor> OpenAsync(string connection, CancellationToken cancellation)
    {
        var source = new NpgsqlDataSourceBuilder(connection) { ConnectionStringBuilder = { MaxPoolSize = 20, MaxAutoPrepare = 10 } }.Build();
        await using var create = source.CreateCommand("DROP SCHEMA IF EXISTS load_floor CASCADE; CREATE SCHEMA load_floor; CREATE TABLE load_floor.row (id bigserial PRIMARY KEY, body bytea NOT NULL)");
        await create.ExecuteNonQueryAsync(cancellation);
        return new PostgresFloor(source);
    }

    public async Task RunAsync()
    {
        await using var insert = _source.CreateCommand("INSERT INTO load_floor.row (body) VALUES ($1)");
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = new byte[1000] });
        await insert.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await using (var drop = _source.CreateCommand("DROP SCHEMA load_floor CASCADE"))
        {
            await drop.ExecuteNonQueryAsync();
        }
        await _source.DisposeAsync();
    }
}
