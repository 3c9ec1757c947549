using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;
using Microsoft.Extensions.DependencyInjection;
using Forget = EnterpriseHub.WebhookGateway.ForgetEvents.ForgetEvents;

namespace EnterpriseHub.WebhookGateway.Tests.ForgetEvents;

public abstract class ForgetTests(IntakeHost host)
{
    private const long Day = 86_400_000;

    [Fact]
    public async Task What_is_older_than_thirty_days_is_deleted_in_batches_and_nothing_else()
    {
        var location = await host.LocationAsync();
        for (var number = 0; number < 3; number++)
        {
            await host.AcceptAsync(Payloads.Text(location, $"text {number}"));
            await host.AcceptAsync(Payloads.Outbound(location, $"answer {number}", "c1", "app", "u1"));
        }
        await host.ExecuteAsync("UPDATE inbound_event SET settled_at = accepted_at WHERE location_id = @location AND settled_at = 0", new { location });
        await AgeAsync(location, 31, "seq <= (SELECT MIN(seq) + 3 FROM inbound_event WHERE location_id = @location)");
        await AgeAsync(location, 29, "seq > (SELECT MIN(seq) + 3 FROM inbound_event WHERE location_id = @location)");
        await host.ExecuteAsync("UPDATE observed_outbound SET at = at - @age WHERE location_id = @location AND body <> 'answer 2'", new { location, age = 31 * Day });
        // More than a batch.
        await host.ExecuteAsync(
            """
            INSERT INTO inbound_event (event_id, delivery_key, location_id, type, status, raw, received_at, accepted_at, settled_at)
            SELECT 'copy' || a.seq || '-' || b.seq || '-' || c.seq || '-' || d.seq || '-' || @location, 'copy' || a.seq || '-' || b.seq || '-' || c.seq || '-' || d.seq || '-' || @location,
              @location, 'Copy', 'ignored', a.raw, 1, 1, 1
            FROM inbound_event a, inbound_event b, inbound_event c, inbound_event d
            WHERE a.location_id = @location AND b.location_id = @location AND c.location_id = @location AND d.location_id = @location
            """,
            new { location });

        var forgotten = await host.Services.GetRequiredService<Forget>().OnceAsync(TestContext.Current.CancellationToken);

        Assert.True(forgotten >= 1296 + 4 + 2, $"{forgotten}");
        Assert.Equal(2, await host.QueryAsync<long>("SELECT COUNT(*) FROM inbound_event WHERE location_id = @location", new { location }));
        Assert.Equal("answer 2", await host.QueryAsync<string>("SELECT body FROM observed_outbound WHERE location_id = @location", new { location }));
    }

    [Fact]
    public async Task What_still_waits_for_its_turn_stays()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        await AgeAsync(location, 40, "1 = 1");
        await host.Services.GetRequiredService<Forget>().OnceAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await host.QueryAsync<long>("SELECT COUNT(*) FROM inbound_event WHERE location_id = @location", new { location }));
    }

    private Task<int> AgeAsync(string location, int days, string which) => host.ExecuteAsync(
        $"UPDATE inbound_event SET accepted_at = accepted_at - @age, settled_at = CASE WHEN settled_at = 0 THEN 0 ELSE settled_at - @age END WHERE location_id = @location AND {which}",
        new { location, age = days * Day });
}

public sealed class ForgetTestsOnSqlite(IntakeHost host) : ForgetTests(host), IClassFixture<IntakeHost>;

public sealed class ForgetTestsOnPostgres(PostgresIntakeHost host) : ForgetTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresIntakeHost>;
