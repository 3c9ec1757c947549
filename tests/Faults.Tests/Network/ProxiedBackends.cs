using EnterpriseHub.Faults.Tests.Processes;
using EnterpriseHub.TestKit.Network;
using Npgsql;

namespace EnterpriseHub.Faults.Tests.Network;

/// <summary>A proxy before each of bus, store and cache.</summary>
internal sealed class ProxiedBackends : IAsyncDisposable
{
    public ProxiedBackends(BackendSettings real)
    {
        var bus = new Uri(real.Bus);
        Bus = new FaultProxy(bus.Host, bus.Port);
        var store = new NpgsqlConnectionStringBuilder(real.Store);
        Store = new FaultProxy(store.Host!, store.Port);
        // StackExchange.Redis notation: host:port, then options.
        var (address, options) = (real.Cache.Split(',')[0], real.Cache[real.Cache.IndexOf(',')..]);
        Cache = new FaultProxy(address.Split(':')[0], int.Parse(address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        (store.Host, store.Port) = ("127.0.0.1", Store.Port);
        Settings = new BackendSettings(Bus.Instead(bus).ToString(), store.ConnectionString, $"127.0.0.1:{Cache.Port}{options}");
    }

    public FaultProxy Bus { get; }

    public FaultProxy Store { get; }

    public FaultProxy Cache { get; }

    /// <summary>The way through the proxies.</summary>
    public BackendSettings Settings { get; }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await Store.DisposeAsync();
        await Cache.DisposeAsync();
    }
}
