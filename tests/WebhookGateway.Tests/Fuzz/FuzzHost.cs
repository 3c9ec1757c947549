using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.TestKit.Fuzz;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

namespace EnterpriseHub.WebhookGateway.Tests.Fuzz;

/// <summary>The gateway with what it logs as an error kept, and room for every case.</summary>
public sealed class FuzzHost : IntakeHost
{
    public const string Secret = "workflow-secret-0123456789";

    public ErrorLog Log { get; } = new();

    public IReadOnlyList<string> Locations { get; private set; } = [];

    protected override IReadOnlyList<string> Settings =>
    [
        "--Gateway:MaxOpenMessages=1000000", "--Gateway:StoreLimit=00:00:10", "--Gateway:RingAgainAfter=01:00:00",
        "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:EnterpriseHub=Error", "--Logging:LogLevel:MassTransit=Error", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Error",
    ];

    protected override IReadOnlyList<IServiceModule> Modules => [Log];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Locations = [await LocationAsync(new { name = "One", workflowSecret = Secret }), await LocationAsync(new { name = "Two" })];
    }

    /// <summary>A fixture with ids of this case's own, spoiled.</summary>
    public byte[] Spoiled(FuzzCase one, IReadOnlyList<string> names)
    {
        var name = names[one.Random.Next(names.Count)];
        one.How = name;
        var isLifecycle = name.Contains("INSTALL", StringComparison.Ordinal);
        var location = isLifecycle ? $"L{one.Random.Next(8)}" : Locations[one.Number % Locations.Count];
        var payload = Payloads.Fixture(name, location);
        if (payload.ContainsKey("webhookId"))
        {
            payload["webhookId"] = $"w{one.Number}";
        }
        if (payload.ContainsKey("messageId"))
        {
            payload["messageId"] = $"m{one.Number}";
            payload["contactId"] = $"c{one.Number % 50}";
        }
        return one.Input = Mutator.Spoil(one.Random, System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString()));
    }
}
