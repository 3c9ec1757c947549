using EnterpriseHub.Simulator;
using EnterpriseHub.Platform.Hosting;

await ServiceHost.RunAsync(args, new SimulatorModule());
