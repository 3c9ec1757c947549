using EnterpriseHub.WebhookGateway;
using EnterpriseHub.Platform.Hosting;

await ServiceHost.RunAsync(args, new WebhookGatewayModule());
