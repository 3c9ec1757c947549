using EnterpriseHub.AiOrchestrator.Conversations;
using EnterpriseHub.AiOrchestrator.Tests.Support;
using EnterpriseHub.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseHub.AiOrchestrator.Tests;

public sealed class ConversationEndpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_shows_its_thread_and_what_was_thought()
    {
        await using var hub = await Hub.StartAsync();
        hub.Claude.Facts = _ => new { address = "12 Oak Street" };
        await hub.ReceiveAsync(Lead.Says("12 Oak Street"));
        var decided = await hub.TurnAsync();
        await hub.QuietAsync();
        var read = hub.First.GetRequiredService<ReadConversations>();

        var view = (await read.FindAsync("loc1", "conv1", Stop))!;

        Assert.Equal("12 Oak Street", view.Qualification["address"]);
        Assert.Equal(["lead", "assistant"], view.Messages.Select(message => message.Direction));
        var turn = Assert.Single(view.Turns);
        Assert.Equal((decided.TurnId, "send", "sent"), (turn.TurnId, turn.Decision, turn.Delivery));
        Assert.Equal(6, turn.Steps.GetArrayLength());
        Assert.Equal("other", turn.Analysis.GetProperty("intent").GetString());
        Assert.Equal(decided.CostMicroUsd, turn.CostMicroUsd);
        Assert.Equal("conv1", Assert.Single(await read.ListAsync("loc1", 10, Stop)).ConversationId);
    }

    [Theory]
    [InlineData("loc1", "loc1", 200)]
    [InlineData("loc1", null, 200)]
    [InlineData(null, "loc1", 200)]
    [InlineData("loc2", "loc1", 404)]
    [InlineData("loc2", null, 404)]
    [InlineData(null, "loc2", 404)]
    [InlineData(null, null, 400)]
    public async Task Nobody_reads_another_location(string? boundTo, string? asked, int status)
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReceiveAsync(Lead.Says("Hello"));
        await hub.TurnAsync();
        var context = new DefaultHttpContext();
        context.Features.Set(new Caller("key", HubRole.Viewer, boundTo));

        var result = await ConversationEndpoints.FindAsync(context, hub.First.GetRequiredService<ReadConversations>(), "conv1", asked, Stop);

        Assert.Equal(status, Assert.IsAssignableFrom<IStatusCodeHttpResult>(result).StatusCode);
    }
}
