using System.Collections.Concurrent;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.Contracts.Operations;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Storage;
using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using EnterpriseHub.WebhookGateway.Storage;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

/// <summary>
/// The delivery half of the gateway in the production composition, with a fake GHL. Sweeps run only when a test asks for them.
/// </summary>
internal sealed class DeliveryHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestStore _store;

    private DeliveryHost(WebApplication app, TestStore store, FakeGhl ghl, TestModule module)
    {
        (_app, _store, Ghl, Module) = (app, store, ghl, module);
    }

    /// <summary>Looks for an event, 20 ms apart. Of a mutant that publishes none tests/mutation.sh wants to know sooner.</summary>
    private static readonly int Tries = Environment.GetEnvironmentVariable("HUB_MUTATION") is null ? 1000 : 250;

    public FakeGhl Ghl { get; }

    public TestModule Module { get; }

    public TestLocations Locations => Module.Locations;

    public MovableClock Clock => Module.Clock;

    public string Url => _app.Urls.First();

    public GatewayDatabase Database => Get<GatewayDatabase>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<DeliveryHost> StartAsync(string store, params string[] settings)
    {
        var place = await TestStore.CreateAsync(store);
        var ghl = await FakeGhl.StartAsync();
        var host = Build(place, ghl, settings);
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Another instance on the same store and GHL; only PostgreSQL can have one.</summary>
    public async Task<DeliveryHost> StartSecondAsync()
    {
        var second = Build(_store.Shared(), Ghl, []);
        await second._app.StartAsync(TestContext.Current.CancellationToken);
        return second;
    }

    /// <summary>A command, as the orchestrator would send it.</summary>
    public SendReply Reply(string turn = "turn1", string text = "Happy to help!", long epoch = 1, long seq = 0, string channel = "SMS", string contact = "c1") => new()
    {
        TurnId = turn,
        LocationId = TestLocations.Id,
        ConversationId = "conv1",
        ContactId = contact,
        Channel = channel,
        Text = text,
        AnswersUpToSeq = seq,
        Epoch = epoch,
        ReceivedAt = Clock.GetUtcNow() - TimeSpan.FromMilliseconds(150),
        DecidedAt = Clock.GetUtcNow(),
    };

    public Task SendAsync(SendReply command) => Get<SendOnce>().RunAsync(DueReply.Of(command), command, TestContext.Current.CancellationToken);

    public Task SweepAsync() => Get<DeliverDueReplies>().OnceAsync(TestContext.Current.CancellationToken);

    public Task ReconcileAsync() => Get<ReconcileDeliveries.ReconcileDeliveries>().OnceAsync(TestContext.Current.CancellationToken);

    /// <summary>Makes the contact known and fresh, so that the gate needs not ask GHL.</summary>
    public async Task KnowAsync(string contact = "c1", params string[] tags)
    {
        Ghl.State.AddContact(contact, ("tags", tags.ToList()));
        await Get<ContactMirror>().FreshAsync(TestLocations.Id, contact, TimeSpan.Zero, TestContext.Current.CancellationToken);
    }

    /// <summary>Stores an accepted message of the lead and returns its seq.</summary>
    public Task<long> AcceptAsync(string raw = "{}", string conversation = "conv1") => Database.WriteAsync(
        unit => unit.FirstOrDefaultAsync<long>(
            """
            INSERT INTO inbound_event (event_id, delivery_key, location_id, type, conversation_id, contact_id, status, raw, received_at, accepted_at)
            VALUES (@id, @id, @location, 'InboundMessage', @conversation, 'c1', 'accepted', @raw, now_ms(), now_ms()) RETURNING seq
            """,
            new { id = NewId.NextGuid().ToString(), location = TestLocations.Id, conversation, raw = System.Text.Encoding.UTF8.GetBytes(raw) }),
        TestContext.Current.CancellationToken);

    public Task<int> ExecuteAsync(string sql, object? arguments = null) =>
        Database.WriteAsync(unit => unit.ExecuteAsync(sql, arguments), TestContext.Current.CancellationToken);

    public Task<T?> ValueAsync<T>(string sql, object? arguments = null) =>
        Database.ReadAsync(session => session.FirstOrDefaultAsync<T>(sql, arguments), TestContext.Current.CancellationToken);

    /// <summary>State and reason of a reply, as <c>state</c> or <c>state/reason</c>.</summary>
    public async Task<string> StateAsync(string turn = "turn1") =>
        (await ValueAsync<string>("SELECT CASE WHEN reason IS NULL THEN state ELSE state || '/' || reason END FROM outbound_message WHERE turn_id = @turn", new { turn }))!;

    /// <summary>Waits for an event on the bus.</summary>
    public async Task<T> HeardAsync<T>(Func<T, bool> which)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (Module.Heard.OfType<T>().FirstOrDefault(which) is { } heard)
            {
                return heard;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException($"No such {typeof(T).Name} was published.");
    }

    public Task<ReplySettled> SettledAsync(string turn = "turn1") => HeardAsync<ReplySettled>(one => one.TurnId == turn);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        if (!_store.IsShared)
        {
            await Ghl.DisposeAsync();
        }
    }

    private static DeliveryHost Build(TestStore store, FakeGhl ghl, string[] settings)
    {
        var module = new TestModule();
        ghl.State.Clock = module.Clock;
        string[] arguments =
        [
            "--Urls=http://127.0.0.1:0", "--Bus:Transport=InMemory", "--Cache:Provider=Memory", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:EnterpriseHub=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None",
            "--Admin:ApiKey=" + AdminKey, "--Security:MasterKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "--Delivery:SweepInterval=01:00:00", "--Ghl:BaseUrl=" + ghl.Url, "--Ghl:AnswerTimeout=00:00:02",
            .. store.Settings, .. settings,
        ];
        return new(ServiceHost.Build(arguments, module), store, ghl, module);
    }

    public const string AdminKey = "test-admin-key-0123456789-0123456789";

    /// <summary>What the gateway's module does, without the way in.</summary>
    internal sealed class TestModule : IServiceModule
    {
        public string Name => "webhook-gateway";

        public TestLocations Locations { get; } = new();

        public MovableClock Clock { get; } = new();

        public ConcurrentQueue<object> Heard { get; } = new();

        public void AddServices(IServiceCollection services, IConfiguration configuration)
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddModuleDatabase<GatewayDatabase>();
            services.AddDelivery(configuration);
            services.AddSingleton<ILocations>(Locations);
            services.AddSingleton(Heard);
        }

        public void AddConsumers(IBusRegistrationConfigurator bus)
        {
            bus.AddDeliveryConsumers();
            bus.AddConsumer<Listener>();
        }

        public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapDelivery();
    }

    private sealed class Listener(ConcurrentQueue<object> heard)
        : IConsumer<ReplySettled>, IConsumer<CrmActionSettled>, IConsumer<ContactChanged>, IConsumer<LocationLifecycleChanged>,
          IConsumer<InboundMessageAccepted>
    {
        public Task Consume(ConsumeContext<InboundMessageAccepted> context) => Keep(context.Message);

        public Task Consume(ConsumeContext<ReplySettled> context) => Keep(context.Message);

        public Task Consume(ConsumeContext<CrmActionSettled> context) => Keep(context.Message);

        public Task Consume(ConsumeContext<ContactChanged> context) => Keep(context.Message);

        public Task Consume(ConsumeContext<LocationLifecycleChanged> context) => Keep(context.Message);

        private Task Keep(object message)
        {
            heard.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}

/// <summary>The system's clock, moved: the embedded store's <c>now_ms()</c> moves with it.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _ahead;

    public void Move(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
