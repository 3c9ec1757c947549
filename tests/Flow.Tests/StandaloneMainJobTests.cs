using EnterpriseHub.TestKit.Specs;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Flow.Tests;

/// <summary>The main job in one process with embedded defaults.</summary>
public sealed class StandaloneMainJobTests(RunningStandalone standalone) : MainJobSpecs(standalone.Hub), IClassFixture<RunningStandalone>;

public sealed class RunningStandalone : IAsyncLifetime
{
    public StandaloneTopology Hub { get; } = new();

    public async ValueTask InitializeAsync() => await Hub.StartAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
