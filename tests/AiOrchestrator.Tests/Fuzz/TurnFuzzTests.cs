using EnterpriseHub.AiOrchestrator.Tests.Support;
using EnterpriseHub.TestKit.Fuzz;
using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.AiOrchestrator.Tests.Fuzz;

/// <summary>Whole turns with a model that answers anything: each ends once, with a reply that may be sent or with a reason why there is none.</summary>
public sealed class TurnFuzzTests
{
    private const int Batch = 250;

    private static readonly int[] Statuses = [200, 200, 200, 200, 200, 200, 200, 200, 200, 201, 204, 302, 400, 401, 404, 413, 429, 500, 502, 503, 529];

    [Fact]
    public async Task However_the_model_answers_every_turn_ends_once()
    {
        await using var hub = await Hub.StartAsync(
            "--Orchestrator:Backoff:0=00:00:00.2", "--Orchestrator:Attempts=2", "--Claude:BreakFor=00:00:00.5", "--Claude:BreakAfter=1000", "--Claude:Deadline=00:00:02",
            "--Logging:LogLevel:EnterpriseHub=None");
        for (var batch = 0; batch < 4; batch++)
        {
            var first = batch * Batch;
            hub.Claude.Answer = (call, context) => AnswerAsync(call, context, first);
            await FuzzRun.EachAsync($"turns, batch {batch}", Batch, 16, async one =>
            {
                var number = first + one.Number;
                await hub.ReceiveAsync(Lead.Says($"Hello number {number}", Lead.Profile(budget: 100_000), conversation: $"conv{number}", contact: $"contact{number}"));
            });
            await Hub.Until(() => hub.Gateway.Turns.Count >= first + Batch, $"{first + Batch} turns");
            await hub.QuietAsync();
        }
        Assert.All(hub.Gateway.Turns.GroupBy(turn => turn.ConversationId), turns => Assert.Single(turns));
        Assert.All(hub.Gateway.Replies.GroupBy(reply => reply.ConversationId), replies => Assert.Single(replies));
        Assert.All(hub.Gateway.Replies, reply =>
        {
            Assert.InRange(reply.Text.Length, 1, 320);
            Assert.DoesNotContain(reply.Text, letter => char.IsControl(letter) && letter != '\n');
        });
        // Spoiled answers must reach all ends, else the run proves little.
        Assert.True(hub.Gateway.Turns.Select(turn => turn.Reason).Distinct().Count() >= 6, string.Join(", ", hub.Gateway.Turns.Select(turn => turn.Reason).Distinct()));
    }

    private static async Task AnswerAsync(ClaudeCall call, HttpContext context, int first)
    {
        // The order of calls is the scheduler's; the chance hangs on the call itself.
        var one = FuzzRun.Case(call.User, call.Purpose == "draft" ? first + 1 : first);
        var body = ModelAnswers.Spoiled(one.Random, call.Purpose == "draft" ? ModelAnswers.Draft : ModelAnswers.Analysis);
        if (one.Random.Next(25) == 0)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = Statuses[one.Random.Next(Statuses.Length)];
        context.Response.ContentType = one.Random.Next(20) == 0 ? "text/html" : "application/json";
        if (one.Random.Next(4) == 0)
        {
            context.Response.Headers.RetryAfter = one.Random.Next(2) == 0 ? "0" : "soon";
        }
        if (context.Response.StatusCode != 204)
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
