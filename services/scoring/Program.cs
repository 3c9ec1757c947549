using EnterpriseHub.Scoring;
using EnterpriseHub.Platform.Hosting;

await ServiceHost.RunAsync(args, new ScoringModule());
