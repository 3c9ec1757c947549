using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;

namespace EnterpriseHub.Platform.Storage;

/// <summary>
/// A connection that goes back to its shelf when it is disposed. The driver's own pool forgets functions at each close;
/// here pragmas and <c>now_ms</c> are set once a connection, not once a use.
/// </summary>
internal sealed class PooledSqliteConnection(string connection, SqliteShelf shelf) : SqliteConnection(connection)
{
    protected override void Dispose(bool disposing)
    {
        if (disposing && State == ConnectionState.Open && Transaction is null && shelf.TryKeep(this))
        {
            return;
        }
        base.Dispose(disposing);
    }
}

/// <summary>Idle connections of one file.</summary>
internal sealed class SqliteShelf
{
    private const int MostIdle = 16;

    private readonly ConcurrentBag<PooledSqliteConnection> _idle = [];
    private volatile bool _closed;

    public PooledSqliteConnection? Take() => _idle.TryTake(out var connection) ? connection : null;

    public bool TryKeep(PooledSqliteConnection connection)
    {
        if (_closed || _idle.Count >= MostIdle)
        {
            return false;
        }
        _idle.Add(connection);
        return true;
    }

    public void Close()
    {
        _closed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
