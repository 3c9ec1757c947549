using System.Text.Json;
using EnterpriseHub.WebhookGateway.DeliverReply;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

public sealed class ReplyThreadTests
{
    private const string Answered = """{"subject":"Roof quote","threadId":"H9","conversationProviderId":"p1"}""";

    private static NewMessage Compose(string channel, string text, string answered) =>
        ReplyThread.Compose(Replies.Make(text, channel), JsonDocument.Parse(answered).RootElement);

    [Fact]
    public void An_email_has_a_subject_a_thread_and_paragraphs() => Assert.Equal(
        new NewMessage
        {
            Type = "Email",
            ContactId = "c1",
            Message = "Hi <Jane>\r\n\r\nsure & soon\nBye",
            Html = "<p>Hi &lt;Jane&gt;</p><p>sure &amp; soon<br>Bye</p>",
            Subject = "Re: Roof quote",
            ThreadId = "H9",
            ConversationProviderId = "p1",
        },
        Compose("Email", "Hi <Jane>\r\n\r\nsure & soon\nBye", Answered));

    [Fact]
    public void A_custom_channel_goes_back_to_its_provider_and_has_nothing_of_an_email() => Assert.Equal(
        new NewMessage { Type = "Custom", ContactId = "c1", Message = "Hi", ConversationProviderId = "p1" },
        Compose("Custom", "Hi", Answered));

    [Theory]
    [InlineData("{}", "Re: your message")]
    [InlineData("""{"subject":" "}""", "Re: your message")]
    [InlineData("""{"subject":"Roof"}""", "Re: Roof")]
    [InlineData("""{"subject":"RE: Roof"}""", "RE: Roof")]
    [InlineData("""{"subject":" re: Roof"}""", " re: Roof")]
    [InlineData("""{"subject":"Reroofing"}""", "Re: Reroofing")]
    public void The_subject_answers_once(string answered, string subject) => Assert.Equal(subject, Compose("Email", "Hi", answered).Subject);

    [Theory]
    [InlineData("Custom", "p1", null)]
    [InlineData("SMS", null, null)]
    [InlineData("Email", "p1", "H9")]
    public async Task Only_where_it_belongs_to_a_thread_is_the_answered_message_looked_at(string channel, string? provider, string? thread)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        var seq = await host.AcceptAsync(Answered);

        await host.SendAsync(host.Reply(channel: channel, seq: seq));

        var post = Assert.Single(host.Ghl.Of(FakeGhl.Send)).Json;
        Assert.Equal((channel, provider, thread), ((string?)post["type"], (string?)post["conversationProviderId"], (string?)post["threadId"]));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData(null)]
    public async Task An_answered_message_that_cannot_be_read_costs_the_thread_and_not_the_reply(string? raw)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await host.KnowAsync();
        var seq = raw is null ? 0 : await host.AcceptAsync(raw);

        await host.SendAsync(host.Reply(channel: "Email", seq: seq));

        var post = Assert.Single(host.Ghl.Of(FakeGhl.Send)).Json;
        Assert.Equal(("Re: your message", null), ((string?)post["subject"], (string?)post["threadId"]));
    }
}
