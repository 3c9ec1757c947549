using EnterpriseHub.WebhookGateway.Storage;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.Storage;

public sealed class MigrationTests
{
    [Theory, BothStores]
    public async Task Rows_of_before_the_mark_keep_what_they_meant(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await AddAsync(host, "open", "accepted", "InboundMessage", 0);
        await AddAsync(host, "answered", "accepted", "InboundMessage", 5000);
        await AddAsync(host, "call", "accepted", "InboundMessage", 1);
        await AddAsync(host, "echo", "accepted", "OutboundMessage", 1);
        await AddAsync(host, "ignored", "ignored", "ContactCreate", 1);

        await host.ExecuteAsync(await ConversionAsync());

        var marked = await host.Database.ReadAsync(
            session => session.QueryAsync<string>("SELECT event_id FROM inbound_event WHERE awaits_turn = 1 ORDER BY event_id"), TestContext.Current.CancellationToken);
        Assert.Equal(["answered", "open"], marked);
    }

    private static Task<int> AddAsync(DeliveryHost host, string id, string status, string type, long settledAfter) => host.ExecuteAsync(
        """
        INSERT INTO inbound_event (event_id, delivery_key, location_id, type, status, raw, received_at, accepted_at, settled_at)
        VALUES (@id, @id, 'loc1', @type, @status, @raw, 1000, 1000, CASE WHEN @settledAfter = 0 THEN 0 ELSE 1000 + @settledAfter END)
        """,
        new { id, type, status, settledAfter, raw = "{}"u8.ToArray() });

    /// <summary>The statement of the migration itself.</summary>
    private static async Task<string> ConversionAsync()
    {
        var assembly = typeof(GatewayDatabase).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(name => name.EndsWith("0005_reconciliation.sql", StringComparison.Ordinal)))!);
        return (await reader.ReadToEndAsync()).Split(';').Single(statement => statement.Contains("SET awaits_turn", StringComparison.Ordinal));
    }
}
