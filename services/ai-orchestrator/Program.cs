using EnterpriseHub.AiOrchestrator;
using EnterpriseHub.Platform.Hosting;

await ServiceHost.RunAsync(args, new AiOrchestratorModule());
