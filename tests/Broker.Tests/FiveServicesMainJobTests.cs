using EnterpriseHub.TestKit.Access;
using EnterpriseHub.TestKit.Specs;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Broker.Tests;

/// <summary>The main job as five services over real RabbitMQ, PostgreSQL and Redis: the same specs as in one process.</summary>
public sealed class FiveServicesMainJobTests(RunningServices services) : MainJobSpecs(services.Started()), IClassFixture<RunningServices>
{
    [Fact]
    public async Task When_all_is_answered_no_queue_holds_a_message() =>
        await TestKit.Eventually.BecomesAsync(services.Hub.Backends.Broker.QueuesAsync, queues => queues.Count > 0 && queues.Values.All(count => count == 0));

    [Fact]
    public Task Without_a_credential_every_door_of_every_service_is_shut() => Crawl.EveryDoorIsShutAsync(services.Hub, _ => { });
}

public sealed class RunningServices : IAsyncLifetime
{
    public FiveServicesTopology Hub { get; } = new();

    /// <summary>The running services; a test is skipped with the reason where no servers can be had.</summary>
    public FiveServicesTopology Started()
    {
        Hub.Backends.Require();
        return Hub;
    }

    public async ValueTask InitializeAsync() => await Hub.StartAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
