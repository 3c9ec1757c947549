using EnterpriseHub.TestKit.Backends;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>The same over PostgreSQL; where none can be had its tests are skipped with the reason.</summary>
public class PostgresIntakeHost : IntakeHost
{
    private readonly FreshBackends _backends = new();

    public string? Missing { get; private set; }

    protected override IReadOnlyList<string> Settings => ["--Store:Provider=Postgres", $"--Store:ConnectionString={_backends.Postgres}"];

    public override async ValueTask InitializeAsync()
    {
        (_, Missing) = await RunningServers.OfThisProcessAsync();
        if (Missing is null)
        {
            await _backends.InitializeAsync();
            await base.InitializeAsync();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await _backends.DisposeAsync();
    }

    /// <summary>For the constructors of test classes.</summary>
    internal static IntakeHost Ready(PostgresIntakeHost host)
    {
        Assert.SkipWhen(host.Missing is not null, host.Missing ?? string.Empty);
        return host;
    }
}
