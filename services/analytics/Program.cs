using EnterpriseHub.Analytics;
using EnterpriseHub.Platform.Hosting;

await ServiceHost.RunAsync(args, new AnalyticsModule());
