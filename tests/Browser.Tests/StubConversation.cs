namespace EnterpriseHub.Browser.Tests;

/// <summary>A conversation in the shape of the orchestrator's <c>GET /api/conversations/{id}</c>.</summary>
internal static class StubConversation
{
    public static object Of(string id, string locationId)
    {
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-12);
        return new
        {
            conversation = new { locationId, conversationId = id, contactId = id.Replace("conversation-", "", StringComparison.Ordinal), channel = "SMS", mode = "seller", temperature = "hot" },
            qualification = new { motivation = "relocation", timeline = "45 days" },
            messages = new object[]
            {
                Message("m1", "lead", "Hi, I saw your sign on Baseline. We are moving to Austin and need to sell by summer.", start, null),
                Message("m2", "assistant", "Congratulations on the move! Would a sale within 30 to 45 days work for you?", start.AddSeconds(1), "t1"),
                Message("m3", "lead", "Yes, 45 days works. The house is move-in ready.", start.AddMinutes(3), null),
                Message("m4", "assistant", "Good to hear. What price would feel right to you?", start.AddMinutes(3).AddSeconds(1), "t2"),
                Message("m5", "lead", "Around 650k. Can I talk to someone today?", start.AddMinutes(9), null),
                Message("m6", "human", "Hi, Maria here from Alta Loma Realty. I can call you at 4 pm.", start.AddMinutes(11), null),
            },
            turns = new object[]
            {
                Turn("t3", "hand_over", "needs_human", "none", start.AddMinutes(9).AddSeconds(1)),
                Turn("t2", "send", "answered", "sent", start.AddMinutes(3).AddMilliseconds(162)),
                Turn("t1", "send", "answered", "sent", start.AddMilliseconds(158)),
            },
        };
    }

    private static object Message(string id, string direction, string text, DateTimeOffset sentAt, string? turnId) =>
        new { id, direction, text, attachments = 0, sentAt, turnId };

    private static object Turn(string turnId, string decision, string reason, string delivery, DateTimeOffset decidedAt) => new
    {
        turnId, answersUpToSeq = 1, decision, reason, reply = "…", asks = "price", mode = "seller", temperature = "hot", delivery,
        analysis = new { intent = "sell", sentiment = "positive", urgency = "high", language = "en" },
        facts = new { motivation = "relocation", timeline = "45 days" },
        steps = new[]
        {
            new { step = "load_contact", ms = 0.6, outcome = "ok" }, new { step = "analyze", ms = 121.4, outcome = "ok" },
            new { step = "draft_reply", ms = 96.2, outcome = "ok" }, new { step = "knowledge", ms = 30.0, outcome = "late" },
        },
        costMicroUsd = 1432, receivedAt = decidedAt, decidedAt,
    };
}
