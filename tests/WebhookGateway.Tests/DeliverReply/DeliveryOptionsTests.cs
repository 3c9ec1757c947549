using EnterpriseHub.WebhookGateway.DeliverReply;

namespace EnterpriseHub.WebhookGateway.Tests.DeliverReply;

public sealed class DeliveryOptionsTests
{
    [Fact]
    public void Reads_after_20_60_and_180_seconds_unless_told_otherwise()
    {
        TimeSpan[] usual = [TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(180)];

        Assert.Equal(usual, new DeliveryOptions().Reads);
        Assert.Equal(usual, new DeliveryOptions { ReconcileSchedule = [] }.Reads);
        Assert.Equal([TimeSpan.FromSeconds(1)], new DeliveryOptions { ReconcileSchedule = [TimeSpan.FromSeconds(1)] }.Reads);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("1,2,3", true)]
    [InlineData("0", false)]
    [InlineData("-1,1", false)]
    [InlineData("1,1", false)]
    [InlineData("1,3,2", false)]
    public void A_schedule_of_reads_must_rise_from_above_zero(string seconds, bool rises) => Assert.Equal(
        rises, DeliveryOptions.HasRisingReads(new() { ReconcileSchedule = [.. seconds.Split(',').Select(text => TimeSpan.FromSeconds(int.Parse(text)))] }));
}
