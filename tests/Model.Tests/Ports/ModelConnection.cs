using Microsoft.Data.Sqlite;

namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>
/// The one connection of a database in memory. Given back, it stays open: no port call lies within a transaction, so that
/// two uses never overlap.
/// </summary>
internal sealed class ModelConnection : SqliteConnection
{
    private bool _closing;

    static ModelConnection() => SQLitePCL.Batteries_V2.Init();

    public ModelConnection(TimeProvider clock)
        : base("Data Source=:memory:")
    {
        Open();
        CreateFunction("now_ms", () => clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    public bool InTransaction => Transaction is not null;

    public void CloseForGood()
    {
        _closing = true;
        Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (_closing)
        {
            base.Dispose(disposing);
        }
    }
}
