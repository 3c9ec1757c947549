using EnterpriseHub.Cache;
using EnterpriseHub.Platform.Hosting;

await ServiceHost.RunAsync(args, new CacheModule());
