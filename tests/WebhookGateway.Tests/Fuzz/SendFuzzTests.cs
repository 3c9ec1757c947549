using System.Collections.Concurrent;
using System.Text;
using EnterpriseHub.TestKit.Fuzz;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.WebhookGateway.Tests.Fuzz;

/// <summary>The send ledger against a GHL that does things and tells others: nothing is posted twice unless GHL's own list denies it, and nothing waits for ever.</summary>
public sealed class SendFuzzTests
{
    private const int Batch = 100;

    private static readonly string[] Over = ["sent", "failed", "held", "suppressed", "superseded"];

    [Fact]
    public async Task However_GHL_lies_every_reply_ends_and_none_goes_out_twice()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Ghl:RateLimit=100000");
        var deniers = new ConcurrentDictionary<string, bool>();
        for (var batch = 0; batch < 10; batch++)
        {
            var first = batch * Batch;
            await FuzzRun.EachAsync($"sends, batch {batch}", Batch, 8, one => PostAsync(host, one, first + one.Number, deniers));
            for (var round = 0; round < 60 && await OpenAsync(host) > 0; round++)
            {
                host.Clock.Move(TimeSpan.FromMinutes(3));
                await host.SweepAsync();
                // A sweep takes eight at a time.
                for (var sweep = 0; sweep < Batch / 8; sweep++)
                {
                    await host.ReconcileAsync();
                }
            }
            Assert.Equal("", await host.ValueAsync<string>($"SELECT COALESCE(group_concat(turn_id || ' ' || state || '/' || reason), '') FROM outbound_message WHERE state NOT IN ('{string.Join("', '", Over)}')"));
            Assert.Empty(host.Ghl.State.Messages.GroupBy(message => message.Body!).Where(same => same.Count() > (deniers.ContainsKey(same.Key) ? 2 : 1)).Select(same => same.Key));
            Assert.True(host.Ghl.State.Messages.Count > Batch / 4, "Hardly anything went out.");
            host.Ghl.State.Messages.Clear();
        }
    }

    private static async Task PostAsync(DeliveryHost host, FuzzCase one, int number, ConcurrentDictionary<string, bool> deniers)
    {
        var (contact, text) = ($"c{number}", $"Happy to help, number {number}!");
        host.Ghl.State.Conversations[contact] = $"v{number}";
        await host.KnowAsync(contact);
        for (var lies = one.Random.Next(1, 4); lies > 0; lies--)
        {
            // Ids of its own: an id that GHL gives to two messages makes the second one look claimed already.
            host.Ghl.Next(FakeGhl.Send, Lie(one, GhlAnswer.All[0].Good.Replace("msg1", $"lie{number}-{lies}", StringComparison.Ordinal)));
        }
        var listLies = one.Random.Next(3) == 0 ? one.Random.Next(1, 5) : 0;
        for (var lies = listLies; lies > 0; lies--)
        {
            deniers[text] = true;
            host.Ghl.Next($"GET /conversations/v{number}/messages", Lie(one, GhlAnswer.All[1].Good));
        }
        if (one.Random.Next(4) == 0)
        {
            host.Ghl.Next($"GET /contacts/{contact}", Lie(one, GhlAnswer.All[3].Good));
        }
        await host.SendAsync(host.Reply($"turn{number}", text, contact: contact) with { ConversationId = $"v{number}" });
    }

    /// <summary>Maybe does it, and answers something else. A refusal that is a definite no by contract was not done.</summary>
    private static Func<HttpContext, Func<Answer>, Task<Answer?>> Lie(FuzzCase one, string good)
    {
        int[] statuses = [200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 408, 422, 429, 429, 500, 502, 503, 504, 529];
        var status = statuses[one.Random.Next(statuses.Length)];
        var isDone = one.Random.Next(2) == 0 && status is not (401 or 429);
        var isCut = one.Random.Next(8) == 0;
        var body = Encoding.UTF8.GetString(Mutator.Spoil(one.Random, Encoding.UTF8.GetBytes(good)));
        one.Input = Encoding.UTF8.GetBytes(body);
        one.How = $"{status}, done {isDone}, cut {isCut}";
        return (context, usual) =>
        {
            if (isDone)
            {
                usual();
            }
            if (isCut)
            {
                context.Abort();
                return Task.FromResult<Answer?>(null);
            }
            return Task.FromResult<Answer?>(new Answer(status, body));
        };
    }

    private static Task<long> OpenAsync(DeliveryHost host) =>
        host.ValueAsync<long>($"SELECT COUNT(*) FROM outbound_message WHERE state NOT IN ('{string.Join("', '", Over)}')");
}
