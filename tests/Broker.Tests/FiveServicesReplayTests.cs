using System.Text;
using System.Text.Json;
using EnterpriseHub.TestKit;
using EnterpriseHub.TestKit.Specs;
using MassTransit;
using Npgsql;
using RabbitMQ.Client;

namespace EnterpriseHub.Broker.Tests;

/// <summary>Replay and dead letters as five services over real RabbitMQ and PostgreSQL.</summary>
public sealed class FiveServicesReplayTests(RunningServices services) : ReplaySpecs(services.Started()), IClassFixture<RunningServices>
{
    private const string ReplyQueue = "ai-orchestrator-reply-to-message";

    [Fact]
    public async Task A_message_that_the_orchestrator_gave_up_is_a_dead_letter_and_is_answered_once_after_a_replay()
    {
        var hub = services.Hub;
        var location = $"loc-{NewId.NextGuid():N}";
        using (var connected = await hub.SendAsync(HttpMethod.Put, $"/api/locations/{location}", new
        {
            name = "Alta Loma", timeZone = "America/Los_Angeles", accessToken = $"sim-{location}", settleWindow = "00:00:00", quietHours = (object?)null, activation = new { @default = "on" },
        }))
        {
            connected.EnsureSuccessStatusCode();
        }
        var lead = new Conversation(hub, location, $"c-{NewId.NextGuid():N}");
        using (var seeded = await hub.SendAsync(HttpMethod.Post, "/sim/ghl-control/contacts", new[] { new { locationId = location, id = lead.ContactId, firstName = "Dana", tags = Array.Empty<string>() } }))
        {
            seeded.EnsureSuccessStatusCode();
        }
        IReadOnlyList<JsonElement> letters;
        await SqlAsync("ALTER TABLE orchestrator.message RENAME TO message_away");
        try
        {
            await lead.SayAsync("Hi, I want to sell my house");
            letters = await Eventually.BecomesAsync(() => DeadLettersAsync($"locationId={location}&type=InboundMessageAccepted&queue={ReplyQueue}"), found => found.Count > 0, TimeSpan.FromSeconds(120));
        }
        finally
        {
            await SqlAsync("ALTER TABLE orchestrator.message_away RENAME TO message");
        }
        Assert.Equal(("open", "PostgresException"), (letters[0].GetProperty("status").GetString(), letters[0].GetProperty("failure").GetString()));
        Assert.Empty(await lead.RepliesAsync());
        await ReplayAsync(new { filter = new { locationId = location } }, "/api/events/dead-letters/replay");
        await lead.RepliesAsync(1);
        await lead.SettledTurnAsync(1);
        await ReplayAsync(new { filter = new { locationId = location } }, "/api/events/dead-letters/replay");
        await ReplayAsync(new { filter = new { locationId = location } });
        await lead.SayAsync("And one thing more");
        await lead.SettledTurnAsync(2);
        Assert.Equal(2, (await lead.RepliesAsync()).Count);
    }

    [Fact]
    public async Task Rubbish_that_somebody_put_into_a_queue_is_listed_and_never_lost()
    {
        var rubbish = $"rubbish {NewId.NextGuid()}";
        await using (var connection = await new ConnectionFactory { Uri = services.Hub.Backends.RabbitMq }.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.BasicPublishAsync("", ReplyQueue, Encoding.UTF8.GetBytes(rubbish));
        }
        var letter = (await Eventually.BecomesAsync(() => DeadLettersAsync($"queue={ReplyQueue}&failure=JsonReaderException"), found => found.Count == 1))[0];
        var detail = await services.Hub.GetAsync($"/api/events/dead-letters/{letter.GetProperty("letterId").GetString()}");
        Assert.Equal(rubbish, detail.GetProperty("raw").GetString());
        await ReplayAsync(new { ids = new[] { letter.GetProperty("letterId").GetString() } }, "/api/events/dead-letters/replay");
        await Eventually.BecomesAsync(
            () => DeadLettersAsync($"queue={ReplyQueue}&failure=JsonReaderException"), found => found[0].GetProperty("failures").GetInt64() == 2 && found[0].GetProperty("status").GetString() == "open");
        var queues = await services.Hub.Backends.Broker.QueuesAsync();
        Assert.DoesNotContain(queues.Keys, name => name.EndsWith("_error", StringComparison.Ordinal) || name.EndsWith("_skipped", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<JsonElement>> DeadLettersAsync(string query) =>
        [.. (await services.Hub.GetAsync($"/api/events/dead-letters?{query}")).GetProperty("deadLetters").EnumerateArray()];

    private async Task SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(services.Hub.Backends.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
