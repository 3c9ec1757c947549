using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EnterpriseHub.TestKit.Fuzz;
using EnterpriseHub.WebhookGateway.GhlApi;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;

namespace EnterpriseHub.WebhookGateway.Tests.Fuzz;

/// <summary>GHL says anything at all: every call ends with an outcome, none with an exception, and no answer stops a location for good.</summary>
public sealed partial class GhlAnswerFuzzTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Any_answer_to_any_call_is_an_outcome()
    {
        var outcomes = new ConcurrentDictionary<GhlOutcome, int>();
        await using var ghl = new Liar();
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Ghl:BaseUrl=" + ghl.Url);
        var client = host.Get<GhlClient>();
        await FuzzRun.EachAsync("GHL answers", 14_000, 16, async one =>
        {
            var asked = GhlAnswer.All[one.Random.Next(GhlAnswer.All.Count)];
            var end = await asked.CallAsync(client, ghl.Prepare(one, asked.Good));
            Assert.Equal(end.Outcome == GhlOutcome.Ok, end.HasValue);
            Assert.Matches("^[a-z_]+$", end.Reason);
            Assert.InRange(end.RetryAfter, TimeSpan.Zero, Longest);
            outcomes.AddOrUpdate(end.Outcome, 1, (_, count) => count + 1);
        });
        // All of them but NotSent were met: the lies are not all of one kind.
        Assert.Equal([GhlOutcome.Ok, GhlOutcome.Refused, GhlOutcome.RateLimited, GhlOutcome.Unauthorized, GhlOutcome.Unknown], outcomes.Keys.Where(one => one != GhlOutcome.NotSent).Order());
    }

    [Fact]
    public async Task No_answer_stops_a_location_for_longer_than_fifteen_minutes()
    {
        await using var ghl = new Liar();
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Ghl:BaseUrl=" + ghl.Url);
        var budget = host.Get<RateBudget>();
        var client = host.Get<GhlClient>();
        await FuzzRun.EachAsync("GHL limits", 2_000, 8, async one =>
        {
            var location = $"loc{one.Number}";
            for (var calls = 0; calls < 3; calls++)
            {
                var draw = await budget.DrawAsync(location, DrawFor.Reply, CancellationToken.None);
                var reply = await client.CallAsync(ContactCalls.AddTags("c1", ["a"]), ghl.Prepare(one, "{}"), CancellationToken.None);
                await budget.ObserveAsync(location, draw, reply.Rate, CancellationToken.None);
            }
        });
        host.Clock.Move(Longest + TimeSpan.FromSeconds(1));
        await FuzzRun.EachAsync("GHL limits, later", 2_000, 8, async one => Assert.True((await budget.DrawAsync($"loc{one.Number}", DrawFor.Other, CancellationToken.None)).Granted, $"loc{one.Number} waits on"));
    }

    /// <summary>Answers each case as it was prepared; the token names the case.</summary>
    private sealed partial class Liar : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<int, RawAnswer> _answers = new();
        private readonly LyingServer _server;

        public Liar() => _server = new LyingServer(head => _answers[int.Parse(Token().Match(head).Groups[1].ValueSpan, CultureInfo.InvariantCulture)]);

        public string Url => _server.Url;

        public string Prepare(FuzzCase one, string good)
        {
            var answer = AnswerMutator.Spoil(one.Random, Encoding.UTF8.GetBytes(good));
            one.Input = answer.Bytes;
            _answers[one.Number] = answer;
            return $"t{one.Number}";
        }

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        [GeneratedRegex(@"Bearer t(\d+)")]
        private static partial Regex Token();
    }
}
