using EnterpriseHub.WebhookGateway.AuditDeliveries;
using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.AuditDeliveries;

public sealed class ComparisonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly AuditWindow Today = new(Noon.AddHours(-12).ToUnixTimeMilliseconds(), Noon.AddHours(12).ToUnixTimeMilliseconds());

    [Fact]
    public void What_GHL_and_the_ledger_agree_on_is_nothing_to_tell() =>
        Assert.Empty(Compare([Listed("m1", "Hi", 0)], [Sent("t1", "Hi", 0, "m1")]));

    [Fact]
    public void A_second_message_with_the_text_of_a_reply_is_a_twin() =>
        Assert.Equal(["twin t1 m2"], Compare([Listed("m1", "Hi", 0), Listed("m2", "<p>hi </p>", 3)], [Sent("t1", "Hi", 0, "m1")]));

    [Fact]
    public void A_person_who_says_the_same_makes_no_twin() =>
        Assert.Empty(Compare([Listed("m1", "Hi", 0), Listed("m2", "Hi", 3, "app", "u1")], [Sent("t1", "Hi", 0, "m1")]));

    [Fact]
    public void Two_replies_with_one_text_are_no_twins() =>
        Assert.Empty(Compare([Listed("m1", "Hi", 0), Listed("m2", "Hi", 3)], [Sent("t1", "Hi", 0, "m1"), Sent("t2", "Hi", 3, "m2")]));

    [Fact]
    public void The_one_message_of_a_reply_that_never_learned_its_id_is_its_own_and_the_next_a_twin()
    {
        Assert.Empty(Compare([Listed("m1", "Hi", 0)], [Sent("t1", "Hi", 0, null)]));
        Assert.Equal(["twin t1 m2"], Compare([Listed("m1", "Hi", 0), Listed("m2", "Hi", 5)], [Sent("t1", "Hi", 0, null)]));
        Assert.Empty(Compare([Listed("m1", "Hi", 0)], [Sent("t1", "Hi", 0, null) with { State = "held" }]));
    }

    [Theory]
    [InlineData("api", null, true)]
    [InlineData("workflow", null, false)]
    [InlineData("campaign", null, false)]
    [InlineData("app", "u1", false)]
    [InlineData(null, "u1", false)]
    public void Only_what_the_API_sent_and_nobody_claims_is_an_orphan(string? source, string? user, bool told) =>
        Assert.Equal(told ? ["orphan  m9"] : [], Compare([Listed("m9", "Who wrote this?", 0, source, user)], []));

    [Fact]
    public void What_counts_as_sent_and_is_not_listed_is_missing() =>
        Assert.Equal(["missing t1 m1", "missing t2 "], Compare([], [Sent("t1", "Hi", 0, "m1"), Sent("t2", "Ho", 0, null), Sent("t3", "Held", 0, null) with { State = "held" }]));

    [Fact]
    public void A_mail_is_found_inside_its_thread() => Assert.Empty(Compare(
        [Listed("thread", null, 0) with { Item = System.Text.Json.JsonElement.Parse("""{"meta":{"email":{"messageIds":["m0","m1"]}}}""") }],
        [Sent("t1", "Hi", 0, "m1") with { Channel = "Email" }],
        claimed: ["thread"]));

    [Fact]
    public void Nothing_is_judged_outside_of_the_window() => Assert.Empty(Compare(
        [Listed("m1", "Hi", 60 * 13), Listed("m2", "Hi", -60 * 13)], [Sent("t1", "Ho", 60 * 13, "m7"), Sent("t2", "Ho", -60 * 13, "m8")]));

    private static string[] Compare(ListedMessage[] listed, LedgerRow[] ledger, string[]? claimed = null) =>
        [.. Comparison.Of(listed, ledger, ledger.Select(row => row.GhlMessageId!).Concat(claimed ?? []).ToHashSet(), Today).Select(one => $"{one.Kind} {one.TurnId} {one.MessageId}")];

    private static ListedMessage Listed(string id, string? body, int minutes, string? source = "api", string? user = null) =>
        new(id, true, "c1", body, Noon.AddMinutes(minutes), user, source);

    private static LedgerRow Sent(string turn, string body, int minutes, string? id) => new()
    {
        TurnId = turn,
        ConversationId = "v1",
        ContactId = "c1",
        Channel = "SMS",
        Body = body,
        State = "sent",
        SendStartedAt = Noon.AddMinutes(minutes).ToUnixTimeMilliseconds(),
        GhlMessageId = id,
    };
}
