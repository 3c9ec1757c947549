using System.Collections.Concurrent;
using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.TestKit.Hosting;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Scoring.Tests;

/// <summary>The scoring module in a real host, and a subscriber that hears what it says.</summary>
public sealed class ScoringHost : IAsyncLifetime
{
    internal ModuleHost Host { get; private set; } = null!;

    internal Heard Heard => Host.Services.GetRequiredService<Heard>();

    public async ValueTask InitializeAsync() => Host = await ModuleHost.StartAsync(new ScoringModule(), new ListeningModule());

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

internal sealed class Heard
{
    private readonly ConcurrentQueue<LeadScored> _scores = new();

    public void Add(LeadScored scored) => _scores.Enqueue(scored);

    public IReadOnlyList<LeadScored> Of(string contactId) => [.. _scores.Where(scored => scored.ContactId == contactId)];
}

internal sealed class HearLeadScoredConsumer(Heard heard) : IConsumer<LeadScored>
{
    public Task Consume(ConsumeContext<LeadScored> context)
    {
        heard.Add(context.Message);
        return Task.CompletedTask;
    }
}

internal sealed class ListeningModule : IServiceModule
{
    public string Name => "listening";

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<Heard>();

    public void AddConsumers(IBusRegistrationConfigurator bus) => bus.AddConsumer<HearLeadScoredConsumer>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
