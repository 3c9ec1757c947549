using EnterpriseHub.WebhookGateway.DeliverReply;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

public sealed class ChannelsTests
{
    [Theory]
    [InlineData("SMS")]
    [InlineData("RCS")]
    [InlineData("Email")]
    [InlineData("WhatsApp")]
    [InlineData("IG")]
    [InlineData("FB")]
    [InlineData("Custom")]
    [InlineData("Live_Chat")]
    [InlineData("TIKTOK")]
    public void Takes_every_channel_of_GHLs_send_API(string channel) => Assert.Null(Channels.Fault(channel, "Hi"));

    [Theory]
    [InlineData("SMS", 1600, null)]
    [InlineData("SMS", 1601, "too_long")]
    [InlineData("RCS", 1600, null)]
    [InlineData("RCS", 1601, "too_long")]
    [InlineData("Email", 1601, null)]
    public void Only_what_goes_to_a_phone_has_a_longest_length(string channel, int length, string? fault) =>
        Assert.Equal(fault, Channels.Fault(channel, new string('a', length)));

    [Theory]
    [InlineData("sms", "Hi", "unknown_channel")]
    [InlineData("", "Hi", "unknown_channel")]
    [InlineData("SMS", " \r\n", "empty")]
    public void Names_what_can_never_be_sent(string channel, string text, string fault) => Assert.Equal(fault, Channels.Fault(channel, text));
}
