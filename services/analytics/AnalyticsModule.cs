using EnterpriseHub.Analytics.Dashboard;
using EnterpriseHub.Analytics.RecordMetrics;
using EnterpriseHub.Analytics.ReportMetrics;
using EnterpriseHub.Analytics.Storage;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.Platform.Storage;
using MassTransit;

namespace EnterpriseHub.Analytics;

/// <summary>Counts every fact once and shows it live.</summary>
public sealed class AnalyticsModule : IServiceModule
{
    public string Name => "analytics";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AnalyticsOptions>().Bind(configuration.GetSection("Analytics")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DashboardOptions>().Bind(configuration.GetSection("Dashboard"));
        services.AddModuleDatabase<AnalyticsDatabase>();
        services.AddSingleton<FactPulse>();
        services.AddSingleton<FactWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<FactWriter>());
        services.AddHostedService<PruneFacts>();
        services.AddSingleton<SummaryQuery>();
        services.AddSingleton<LeadQuery>();
        services.AddSingleton<ActivityQuery>();
        services.AddSingleton<LiveBoard>();
        services.AddSingleton<LiveStream>();
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<RecordMetricsConsumer, RecordMetricsConsumerDefinition>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapKeyEndpoints();
        routes.MapMetrics();
        routes.MapDashboard();
    }
}
