using System.Net;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.TestKit;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;

/// <summary>What cannot be stored is answered 429, and nothing else.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Beyond_the_bound_new_messages_wait_but_a_STOP_and_other_events_do_not()
    {
        await using var host = new SmallHost();
        await host.InitializeAsync();
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "one"));
        await host.AcceptAsync(Payloads.Text(location, "two"));

        var third = Payloads.Text(location, "three");
        await IsThrottledAsync(await host.SendAsync(third));
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Text(location, "STOP")));
        Assert.Equal("accepted", await host.AcceptAsync(Payloads.Fresh(Payloads.Fixture("ContactUpdate.json", location))));

        var announced = await host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location);
        await host.Services.GetRequiredService<IBus>().Publish(Turn(announced[0], announced.Max(message => message.Seq)));
        var answer = await Eventually.BecomesAsync(() => host.SendAsync(third), answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Contains("accepted", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_too_slow_or_broken_is_answered_429()
    {
        await using var host = new SmallHost();
        await host.InitializeAsync();
        var location = await host.LocationAsync();
        var message = Payloads.Text(location, "one");

        var release = new TaskCompletionSource();
        var hold = host.Database.WriteAsync(async _ => { await release.Task; return 0; }, CancellationToken.None);
        await IsThrottledAsync(await host.SendAsync(message));
        release.SetResult();
        await hold;
        Assert.Equal("accepted", await host.AcceptAsync(message));

        await host.ExecuteAsync("ALTER TABLE inbound_event RENAME TO elsewhere", new { });
        await IsThrottledAsync(await host.SendAsync(Payloads.Text(location, "two")));
    }

    [Fact]
    public async Task A_STOP_is_answered_only_when_no_send_to_the_contact_is_under_way()
    {
        await using var host = new SmallHost();
        await host.InitializeAsync();
        await ClaimAsync(host);
        var sends = new SendsInFlight(host.Database, new StandingClock(), NullLogger<SendsInFlight>.Instance);
        Assert.True(await sends.WaitAsync("l1", "c2", CancellationToken.None));
        Assert.True(await sends.WaitAsync("l2", "c1", CancellationToken.None));
        var wait = sends.WaitAsync("l1", "c1", CancellationToken.None);
        Assert.False(wait.IsCompleted);
        await host.ExecuteAsync("UPDATE outbound_message SET state = 'sent' WHERE turn_id = 't1'", new { });
        Assert.True(await wait);
    }

    [Fact]
    public async Task A_stop_is_recorded_but_not_acknowledged_while_a_claimed_send_may_still_go_out()
    {
        await using var host = new SmallHost();
        await host.InitializeAsync();
        await ClaimAsync(host);
        var sends = new SendsInFlight(host.Database, TimeProvider.System, NullLogger<SendsInFlight>.Instance);
        Assert.False(await sends.WaitAsync("l1", "c1", CancellationToken.None));
    }

    /// <summary>A reply to contact c1 of location l1 that somebody is sending. Its claim does not run out: the host's own sweep leaves it.</summary>
    private static Task ClaimAsync(SmallHost host) => host.ExecuteAsync(
        """
        INSERT INTO outbound_message (turn_id, location_id, conversation_id, contact_id, channel, body, body_hash, answers_up_to_seq, epoch, state,
          due_at, received_at, decided_at, planned_at)
        VALUES ('t1', 'l1', 'v1', 'c1', 'SMS', 'x', 'x', 1, 1, 'sending', 9999999999999, 0, 0, 0)
        """,
        new { });

    private static async Task IsThrottledAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("5", Assert.Single(answer.Headers.GetValues("Retry-After")));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        await answer.Content.ReadAsStringAsync();
    }

    private static TurnDecided Turn(InboundMessageAccepted message, long upTo) => new()
    {
        TurnId = "t1",
        LocationId = message.LocationId,
        ConversationId = message.ConversationId,
        ContactId = message.ContactId,
        AnswersUpToSeq = upTo,
        Decision = "stay_silent",
        Reason = "test",
        Mode = "lead",
        Temperature = "cold",
        ReceivedAt = message.ReceivedAt,
        DecidedAt = message.AcceptedAt,
    };

    private sealed class SmallHost : IntakeHost
    {
        protected override IReadOnlyList<string> Settings => ["--Gateway:MaxOpenMessages=2", "--Gateway:StoreLimit=00:00:00.5"];
    }

    /// <summary>Timers run, but no time passes: a wait cannot end by its limit.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 1;
    }
}
