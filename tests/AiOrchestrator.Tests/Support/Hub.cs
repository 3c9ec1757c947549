using EnterpriseHub.AiOrchestrator.ReplyToMessage;
using EnterpriseHub.AiOrchestrator.Storage;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.AiOrchestrator.Tests.Support;

/// <summary>The production composition with a fake Claude and a stand-in for the gateway, on SQLite in a folder of its own.</summary>
internal sealed class Hub : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<Instance> _instances = [];

    private sealed record Instance(WebApplication App, GatewayModule Gateway);

    private readonly TestStore _store = new();

    private Hub(FakeClaude claude) => Claude = claude;

    public FakeClaude Claude { get; }

    public GatewayState Gateway => _instances[0].Gateway.State;

    public IServiceProvider Services => _instances[^1].App.Services;

    public IServiceProvider First => _instances[0].App.Services;

    public static async Task<Hub> StartAsync(params string[] settings)
    {
        var hub = new Hub(await FakeClaude.StartAsync());
        await hub.AddInstanceAsync(settings);
        return hub;
    }

    /// <summary>Another process on the same store; its bus is its own.</summary>
    public async Task<IServiceProvider> AddInstanceAsync(params string[] settings)
    {
        var gateway = new GatewayModule();
        string[] args =
        [
            "--Bus:Transport=InMemory", .. await _store.SettingsAsync(), "--Cache:Provider=Memory",
            "--Urls=http://127.0.0.1:0", $"--Claude:BaseUrl={Claude.Address}", "--Logging:LogLevel:Default=None",
            // The contact is always known before the draft is written: what is tested must not hang on a race.
            "--Orchestrator:Budgets:Greeting=00:00:02", .. settings,
        ];
        var app = ServiceHost.Build(args, new AiOrchestratorModule(), gateway);
        _instances.Add(new Instance(app, gateway));
        await app.StartAsync();
        await Until(() => app.Services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy, "the bus");
        return app.Services;
    }

    public Task ReceiveAsync(params InboundMessageAccepted[] messages) => PublishAsync(messages);

    /// <summary>Stores a message and takes its lease as a process does that then dies: nobody thinks.</summary>
    public async Task<Lease?> ReceiveAndDieAsync(InboundMessageAccepted message) =>
        await First.GetRequiredService<ReceiveMessage>().RunAsync(message, null, TestContext.Current.CancellationToken);

    /// <summary>Lets the leases of dead processes run out.</summary>
    public Task ExpireLeasesAsync() => First.GetRequiredService<OrchestratorDatabase>().WriteAsync(
        unit => unit.ExecuteAsync("UPDATE conversation SET lease_until = 1, due_at = 1 WHERE lease_until > 0"), TestContext.Current.CancellationToken);

    public async Task PublishAsync(params object[] messages)
    {
        foreach (var message in messages)
        {
            await First.GetRequiredService<IBus>().Publish(message);
        }
    }

    /// <summary>The gateway reports how a reply ended.</summary>
    public Task SettleAsync(SendReply reply, ReplyState state, Dictionary<string, double>? stages = null) => PublishAsync(new ReplySettled
    {
        TurnId = reply.TurnId, LocationId = reply.LocationId, ConversationId = reply.ConversationId, ContactId = reply.ContactId,
        State = state, AnswersUpToSeq = reply.AnswersUpToSeq, StageMs = stages ?? [], At = TimeProvider.System.GetUtcNow(),
    });

    /// <summary>Makes the store what the version before the stages left, and starts this version on it.</summary>
    public async Task UpgradeAsync()
    {
        await First.GetRequiredService<OrchestratorDatabase>().WriteAsync(
            async unit =>
            {
                foreach (var column in (string[])["message DROP COLUMN stored_at", "message DROP COLUMN published_at", "message DROP COLUMN picked_up_at",
                    "turn DROP COLUMN stages", "turn DROP COLUMN delivery_stages"])
                {
                    await unit.ExecuteAsync($"ALTER TABLE {column}");
                }
                await unit.ExecuteAsync("UPDATE turn SET steps = @steps", new { steps = """[{"step":"analyze","ms":120.5,"outcome":"ok"}]""" });
                // Else the new process publishes again what the old one did, and its own gateway reports the reply.
                await unit.ExecuteAsync("DELETE FROM outbox");
                return await unit.ExecuteAsync("DELETE FROM schema_migration WHERE name LIKE '%0002_stages%'");
            },
            TestContext.Current.CancellationToken);
        await AddInstanceAsync();
    }

    public async Task<TurnDecided> TurnAsync(int count = 1)
    {
        await Until(() => Gateway.Turns.Count >= count, $"{count} turns");
        return Gateway.Turns.ToArray()[count - 1];
    }

    public async Task<SendReply> ReplyAsync(int count = 1)
    {
        await Until(() => Gateway.Replies.Count >= count, $"{count} replies");
        return Gateway.Replies.ToArray()[count - 1];
    }

    /// <summary>Everything that was received is answered, and what was published has arrived.</summary>
    public async Task QuietAsync()
    {
        await UntilAsync(async () => await CountAsync("conversation WHERE arrived > answered OR lease_until > 0") == 0, "all answered");
        await UntilAsync(async () => await CountAsync("outbox WHERE published_at = 0") == 0, "all published");
        await Task.Delay(200, TestContext.Current.CancellationToken);
    }

    public Task<long> CountAsync(string from) => Services.GetRequiredService<OrchestratorDatabase>().ReadAsync(
        session => session.FirstOrDefaultAsync<long>($"SELECT COUNT(*) FROM {from}"), TestContext.Current.CancellationToken);

    public static async Task Until(Func<bool> holds, string what) => await UntilAsync(() => Task.FromResult(holds()), what);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"Waited in vain for {what}.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.App.StopAsync();
            await instance.App.DisposeAsync();
        }
        await Claude.DisposeAsync();
        await _store.DisposeAsync();
    }
}
