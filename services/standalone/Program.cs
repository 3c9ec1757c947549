using EnterpriseHub.AiOrchestrator;
using EnterpriseHub.Analytics;
using EnterpriseHub.Cache;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.Scoring;
using EnterpriseHub.Simulator;
using EnterpriseHub.WebhookGateway;

await ServiceHost.RunAsync(
    args,
    new WebhookGatewayModule(),
    new AiOrchestratorModule(),
    new CacheModule(),
    new ScoringModule(),
    new AnalyticsModule(),
    new SimulatorModule());
