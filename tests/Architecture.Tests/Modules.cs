using EnterpriseHub.AiOrchestrator;
using EnterpriseHub.Analytics;
using EnterpriseHub.Cache;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Scoring;
using EnterpriseHub.Simulator;
using EnterpriseHub.WebhookGateway;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.Architecture.Tests;

internal static class Modules
{
    public static IReadOnlyList<IServiceModule> All() =>
    [
        new WebhookGatewayModule(), new AiOrchestratorModule(), new CacheModule(),
        new ScoringModule(), new AnalyticsModule(), new SimulatorModule(),
    ];

    /// <summary>Consumer classes in the module's assembly.</summary>
    public static IReadOnlyList<Type> Written(IServiceModule module) =>
        [.. module.GetType().Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && Messages(type).Any())];

    /// <summary>Consumer classes that the module registers.</summary>
    public static IReadOnlyList<Type> Registered(IServiceModule module)
    {
        var services = new ServiceCollection();
        services.AddMassTransit(bus => module.AddConsumers(bus));
        return [.. services.Select(service => service.ServiceType).Where(type => type.IsClass && Messages(type).Any()).Distinct()];
    }

    /// <summary>Messages that a consumer class takes.</summary>
    public static IEnumerable<Type> Messages(Type consumer) =>
        consumer.GetInterfaces()
            .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IConsumer<>))
            .Select(contract => contract.GetGenericArguments()[0]);
}
