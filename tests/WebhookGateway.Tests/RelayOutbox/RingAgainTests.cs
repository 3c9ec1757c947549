using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.TestKit;
using EnterpriseHub.WebhookGateway.RelayOutbox;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.WebhookGateway.Tests.RelayOutbox;

public abstract class RingAgainTests(IntakeHost host)
{
    [Fact]
    public async Task A_message_that_no_turn_answered_is_announced_again_the_same()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        await SweepAsync();
        Assert.Single(await AnnouncedAsync(location));

        await AgeAsync(location, hours: 2);
        await SweepAsync();
        await SweepAsync();
        var announced = await AnnouncedAsync(location);
        Assert.Equal(2, announced.Count);
        Assert.Equal((announced[0].EventId, announced[0].Seq, announced[0].MessageId, announced[0].Text), (announced[1].EventId, announced[1].Seq, announced[1].MessageId, announced[1].Text));

        // The next wait is longer: the second ring is due after three periods.
        await AgeAsync(location, hours: 2);
        await SweepAsync();
        Assert.Equal(3, (await AnnouncedAsync(location)).Count);
    }

    [Fact]
    public async Task A_decided_turn_settles_what_it_answers_and_nothing_newer()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "one"));
        await host.AcceptAsync(Payloads.Text(location, "two"));
        var first = (await AnnouncedAsync(location)).MinBy(message => message.Seq)!;
        await DecideAsync(location, first);
        await Eventually.BecomesAsync(() => OpenAsync(location), open => open == 1);
        await AgeAsync(location, hours: 2);
        await SweepAsync();
        Assert.Equal(["one", "two", "two"], (await AnnouncedAsync(location)).Select(message => message.Text));
    }

    [Fact]
    public async Task A_message_that_the_turn_never_saw_stays_open_although_it_is_older()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "one"));
        await host.AcceptAsync(Payloads.Text(location, "two"));
        await DecideAsync(location, (await AnnouncedAsync(location)).MaxBy(message => message.Seq)!);
        await Eventually.BecomesAsync(() => OpenAsync(location), open => open == 1);
        await AgeAsync(location, hours: 2);
        await SweepAsync();
        Assert.Equal(["one", "one", "two"], (await AnnouncedAsync(location)).Select(message => message.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task After_twenty_rings_a_person_must_look()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        await host.ExecuteAsync("UPDATE inbound_event SET rings = @rings WHERE location_id = @location", new { rings = RingAgain.MostRings, location });
        await AgeAsync(location, hours: 300);
        await SweepAsync();
        Assert.Equal("parked", await host.QueryAsync<string>("SELECT status FROM inbound_event WHERE location_id = @location", new { location }));
        Assert.Single(await AnnouncedAsync(location));
    }

    [Fact]
    public async Task A_message_of_a_location_that_left_is_let_go()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        await host.Admin.DeleteAsync($"/api/locations/{location}");
        await AgeAsync(location, hours: 2);
        await SweepAsync();
        Assert.Equal(0, await OpenAsync(location));
        Assert.Single(await AnnouncedAsync(location));
    }

    private Task DecideAsync(string location, InboundMessageAccepted answers) => host.Services.GetRequiredService<IBus>().Publish(new TurnDecided
    {
        TurnId = "t1",
        LocationId = location,
        ConversationId = answers.ConversationId,
        ContactId = answers.ContactId,
        AnswersUpToSeq = answers.Seq,
        Answers = [answers.EventId],
        Decision = "send",
        Reason = "answered",
        Mode = "lead",
        Temperature = "cold",
        ReceivedAt = answers.ReceivedAt,
        DecidedAt = answers.AcceptedAt,
    });

    private Task SweepAsync() => host.Services.GetRequiredService<RingAgain>().SweepAsync(CancellationToken.None);

    private Task<IReadOnlyList<InboundMessageAccepted>> AnnouncedAsync(string location) =>
        host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location);

    private Task<long> OpenAsync(string location) =>
        host.QueryAsync<long>("SELECT COUNT(*) FROM inbound_event WHERE location_id = @location AND settled_at = 0", new { location });

    private Task<int> AgeAsync(string location, int hours) => host.ExecuteAsync(
        "UPDATE inbound_event SET accepted_at = accepted_at - @ms, received_at = received_at - @ms WHERE location_id = @location AND settled_at = 0",
        new { ms = hours * 3_600_000L, location });

    public sealed class SlowHost : IntakeHost
    {
        protected override IReadOnlyList<string> Settings => ["--Gateway:RingAgainAfter=01:00:00"];
    }

    public sealed class SlowPostgresHost : PostgresIntakeHost
    {
        protected override IReadOnlyList<string> Settings => [.. base.Settings, "--Gateway:RingAgainAfter=01:00:00"];
    }
}

public sealed class RingAgainTestsOnSqlite(RingAgainTests.SlowHost host) : RingAgainTests(host), IClassFixture<RingAgainTests.SlowHost>;

public sealed class RingAgainTestsOnPostgres(RingAgainTests.SlowPostgresHost host) : RingAgainTests(PostgresIntakeHost.Ready(host)), IClassFixture<RingAgainTests.SlowPostgresHost>;
