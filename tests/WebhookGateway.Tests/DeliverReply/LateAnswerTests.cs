using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

/// <summary>The answer comes when the row has gone on without its sender: only what is certain still counts.</summary>
public sealed class LateAnswerTests
{
    private const string Send = FakeGhl.Send;
    private const string SettledEvents = "SELECT COUNT(*) FROM outbox WHERE message_type LIKE '%ReplySettled%'";

    [Theory]
    [InlineData("unknown", 201, "", "sent", 1)]
    [InlineData("planned", 201, "", "sent", 1)]
    [InlineData("superseded", 201, "", "superseded/meanwhile", 0)]
    [InlineData("unknown", 400, "Missing phone number", "failed/no_phone", 1)]
    [InlineData("planned", 400, "Missing phone number", "planned/meanwhile", 0)]
    [InlineData("unknown", 403, "No access", "held/forbidden", 1)]
    [InlineData("planned", 403, "No access", "planned/meanwhile", 0)]
    [InlineData("unknown", 400, "DND is active for SMS", "suppressed/dnd", 1)]
    [InlineData("planned", 400, "DND is active for SMS", "planned/meanwhile", 0)]
    [InlineData("unknown", 429, "slow down", "planned/rate_limited", 0)]
    [InlineData("superseded", 429, "slow down", "superseded/meanwhile", 0)]
    [InlineData("superseded", 500, "down", "superseded/meanwhile", 0)]
    [InlineData("planned", 500, "down", "planned/meanwhile", 0)]
    public async Task Counts_only_where_the_row_may_still_end_so(string meanwhile, int status, string message, string end, long told)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, async (_, usual) =>
        {
            await host.ExecuteAsync("UPDATE outbound_message SET state = @meanwhile, reason = 'meanwhile'", new { meanwhile });
            return status == 201 ? usual() : Answer.Error(status, message);
        });

        await host.SendAsync(host.Reply());

        Assert.Equal(end, await host.StateAsync());
        Assert.Equal(told, await host.ValueAsync<long>(SettledEvents));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Says_nothing_of_a_claim_that_came_after_it(int status)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        host.Ghl.Next(Send, async (_, _) =>
        {
            await host.ExecuteAsync("UPDATE outbound_message SET send_started_at = send_started_at + 1");
            return Answer.Error(status, "no");
        });

        await host.SendAsync(host.Reply());

        Assert.Equal("sending", await host.StateAsync());
        Assert.Equal(1, await host.ValueAsync<long>("SELECT blind_posts FROM outbound_message"));
    }
}
