using System.Net;
using System.Text.Json;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.Platform.Messaging;
using EnterpriseHub.TestKit;
using EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.WebhookGateway.Tests.ReplayEvents;

/// <summary>Real failures of a real consumer over the in-process bus; tests/Broker.Tests has the same over RabbitMQ.</summary>
public abstract class DeadLetterTests(IntakeHost host)
{
    private const string Queue = "webhook-gateway-settle-inbound-messages";

    [Fact]
    public async Task A_message_that_its_consumer_gave_up_is_listed_replayed_and_then_has_its_effect()
    {
        var location = await host.LocationAsync();
        await host.AcceptAsync(Payloads.Text(location, "hello"));
        var accepted = Assert.Single(await host.PublishedAsync<InboundMessageAccepted>(message => message.LocationId == location));
        var messageId = NewId.NextGuid();
        await host.ExecuteAsync("ALTER TABLE inbound_event RENAME TO inbound_event_away", new { });
        JsonElement letter;
        try
        {
            await host.Services.GetRequiredService<IBus>().Publish(Decided(accepted), context => context.MessageId = messageId);
            letter = Assert.Single(await Eventually.BecomesAsync(() => host.Admin.DeadLettersAsync($"locationId={location}"), letters => letters.Count > 0));
        }
        finally
        {
            await host.ExecuteAsync("ALTER TABLE inbound_event_away RENAME TO inbound_event", new { });
        }
        Assert.Equal(
            (Queue, "TurnDecided", "open", messageId.ToString()),
            (Text(letter, "queue"), Text(letter, "messageType"), Text(letter, "status"), Text(letter, "messageId")));
        Assert.EndsWith("Exception", Text(letter, "failure"), StringComparison.Ordinal);

        Assert.Equal("done/sent", (await host.ReplayAsync(new { ids = new[] { Text(letter, "letterId") } }, "dead-letters")).Reason());
        await Eventually.BecomesAsync(
            () => host.QueryAsync<long>("SELECT COUNT(*) FROM inbound_event WHERE location_id = @location AND settled_at > 0", new { location }), settled => settled == 1);
        Assert.Equal("replayed", Text(Assert.Single(await host.Admin.DeadLettersAsync($"locationId={location}")), "status"));
        Assert.Equal("skipped/already_replayed", (await host.ReplayAsync(new { filter = new { locationId = location } }, "dead-letters")).Reason());
    }

    [Fact]
    public async Task Rubbish_in_a_queue_is_listed_comes_back_after_a_replay_and_can_be_dismissed()
    {
        var id = NewId.NextGuid();
        await host.Services.GetRequiredService<RawMessages>().SendAsync(Queue, id, RawMessages.Envelope, "rubbish +15555550123"u8.ToArray());
        var letter = (await Eventually.BecomesAsync(() => OfRubbishAsync(), found => found.Count == 1))[0];
        var letterId = Text(letter, "letterId");
        Assert.Contains("rubbish", await host.Admin.GetStringAsync($"/api/events/dead-letters/{letterId}"), StringComparison.Ordinal);
        Assert.DoesNotContain("5555", await (await host.ClientAsync("operator")).GetStringAsync($"/api/events/dead-letters/{letterId}"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Accepted, (await host.Admin.PostAsync($"/api/events/dead-letters/{letterId}/replay", null)).StatusCode);
        await Eventually.BecomesAsync(() => OfRubbishAsync(), found => found[0].GetProperty("failures").GetInt64() == 2 && Text(found[0], "status") == "open");

        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.ClientAsync("operator")).PostAsync($"/api/events/dead-letters/{letterId}/dismiss", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.Admin.PostAsync($"/api/events/dead-letters/{letterId}/dismiss", null)).StatusCode);
        Assert.Equal("dismissed", Text((await OfRubbishAsync())[0], "status"));
        var audit = await host.Admin.GetStringAsync("/api/events/audit");
        Assert.Contains("\"dismiss\"", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("rubbish", audit, StringComparison.Ordinal);
        Assert.Equal("skipped/already_dismissed", (await host.ReplayAsync(new { ids = new[] { letterId } }, "dead-letters")).Reason());
    }

    [Fact]
    public async Task A_message_that_no_consumer_of_its_queue_takes_is_a_dead_letter_too()
    {
        var location = await host.LocationAsync();
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri($"exchange:{Queue}"));
        await endpoint.Send(new OptOutRecorded { LocationId = location, ContactId = "c1", OptedOut = true, At = TimeProvider.System.GetUtcNow() });
        var letter = (await Eventually.BecomesAsync(() => host.Admin.DeadLettersAsync($"locationId={location}"), letters => letters.Count == 1))[0];
        Assert.Equal(("OptOutRecorded", "skipped"), (Text(letter, "messageType"), Text(letter, "failure")));
    }

    [Fact]
    public async Task The_same_failure_counts_once_and_a_new_one_opens_it_again()
    {
        var location = await host.LocationAsync();
        var sink = host.Services.GetRequiredService<IDeadLetterSink>();
        var letter = new DeadLetter
        {
            FailureId = "f1", MessageId = NewId.NextGuid().ToString(), Queue = "q", MessageType = "T", LocationId = location, Failure = "X", Attempts = 1,
            FailedAt = 1, ContentType = RawMessages.Envelope, Body = [1],
        };
        await sink.KeepAsync(letter, CancellationToken.None);
        await host.ExecuteAsync("UPDATE dead_letter SET status = 'replayed' WHERE location_id = @location", new { location });
        await sink.KeepAsync(letter, CancellationToken.None);
        Assert.Equal("replayed 1", await StateAsync(location));
        await sink.KeepAsync(letter with { FailureId = "f2" }, CancellationToken.None);
        Assert.Equal("open 2", await StateAsync(location));
    }

    [Fact]
    public async Task A_stranger_sees_no_dead_letter_of_others()
    {
        var location = await host.LocationAsync();
        await host.Services.GetRequiredService<IDeadLetterSink>().KeepAsync(
            new DeadLetter
            {
                FailureId = "f", MessageId = NewId.NextGuid().ToString(), Queue = "q", MessageType = "T", LocationId = location, Failure = "X", Attempts = 1,
                FailedAt = 1, ContentType = RawMessages.Envelope, Body = "{}"u8.ToArray(),
            },
            CancellationToken.None);
        var id = await host.QueryAsync<string>("SELECT letter_id FROM dead_letter WHERE location_id = @location", new { location });
        var stranger = await host.ClientAsync("admin", await host.LocationAsync());
        Assert.Empty(await stranger.DeadLettersAsync(""));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/events/dead-letters?locationId={location}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/events/dead-letters/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/api/events/dead-letters/{id}/replay", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/api/events/dead-letters/{id}/dismiss", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.ClientAsync("viewer")).GetAsync("/api/events/dead-letters")).StatusCode);
    }

    private Task<IReadOnlyList<JsonElement>> OfRubbishAsync() => host.Admin.DeadLettersAsync($"queue={Queue}&failure=JsonReaderException");

    private Task<string?> StateAsync(string location) =>
        host.QueryAsync<string>("SELECT status || ' ' || failures FROM dead_letter WHERE location_id = @location", new { location });

    private static string Text(JsonElement letter, string name) => letter.GetProperty(name).GetString()!;

    private static TurnDecided Decided(InboundMessageAccepted message) => new()
    {
        TurnId = NewId.NextGuid().ToString(), LocationId = message.LocationId, ConversationId = message.ConversationId, ContactId = message.ContactId,
        AnswersUpToSeq = message.Seq, Decision = "send", Reason = "answered", Mode = "lead", Temperature = "cold", ReceivedAt = message.ReceivedAt, DecidedAt = message.AcceptedAt,
    };
}

public sealed class DeadLetterTestsOnSqlite(IntakeHost host) : DeadLetterTests(host), IClassFixture<IntakeHost>;

public sealed class DeadLetterTestsOnPostgres(PostgresIntakeHost host) : DeadLetterTests(PostgresIntakeHost.Ready(host)), IClassFixture<PostgresIntakeHost>;
