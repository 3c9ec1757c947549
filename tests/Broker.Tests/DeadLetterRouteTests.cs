using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Backends;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Broker.Tests;

/// <summary>A failed message is never lost, also where nobody keeps dead letters or keeping them fails.</summary>
public sealed class DeadLetterRouteTests : IClassFixture<FreshBackends>
{
    private readonly FreshBackends _backends;

    public DeadLetterRouteTests(FreshBackends backends)
    {
        _backends = backends;
        _backends.Require();
    }

    [Fact]
    public async Task Where_nobody_keeps_dead_letters_the_consumers_error_queue_has_the_message()
    {
        await using var app = await StartAsync(new FailingModule(null));
        await app.Services.GetRequiredService<IBus>().Publish(new Asked("one"));
        await Eventually.BecomesAsync(_backends.Broker.QueuesAsync, queues => queues.GetValueOrDefault("failing-fail_error") == 1, TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task What_cannot_be_kept_lies_in_the_error_queue_and_does_not_go_round_in_circles()
    {
        var sink = new BrokenSink();
        await using var app = await StartAsync(new FailingModule(sink));
        await app.Services.GetRequiredService<IBus>().Publish(new Asked("two"));
        await Eventually.BecomesAsync(
            _backends.Broker.QueuesAsync, queues => queues.GetValueOrDefault("webhook-gateway-dead-letters_error") == 1, TimeSpan.FromSeconds(120));
        Assert.Equal(1, sink.Asked);
    }

    private async Task<WebApplication> StartAsync(IServiceModule module)
    {
        var app = ServiceHost.Build(
            [
                "--Urls=http://127.0.0.1:0", .. _backends.Settings, "--Admin:ApiKey=test-admin-key-0123456789", "--Admin:GenerateKey=false",
                $"--Security:MasterKey={Convert.ToBase64String(new byte[32])}",
            ],
            module);
        await app.StartAsync();
        await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return app;
    }

    internal sealed record Asked(string What);

    internal sealed class FailConsumer : IConsumer<Asked>
    {
        public Task Consume(ConsumeContext<Asked> context) => throw new InvalidOperationException("It fails, as it shall.");
    }

    private sealed class BrokenSink : IDeadLetterSink
    {
        private int _asked;

        public int Asked => _asked;

        public Task KeepAsync(DeadLetter letter, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _asked);
            throw new InvalidOperationException("It cannot be kept.");
        }
    }

    private sealed class FailingModule(IDeadLetterSink? sink) : IServiceModule
    {
        public string Name => "failing";

        public void AddServices(IServiceCollection services, IConfiguration configuration)
        {
            if (sink is not null)
            {
                services.AddSingleton(sink);
            }
        }

        public void AddConsumers(IBusRegistrationConfigurator bus) => bus.AddConsumer<FailConsumer>();

        public void MapEndpoints(IEndpointRouteBuilder routes)
        {
        }
    }
}
