using EnterpriseHub.WebhookGateway.GhlApi;
using Microsoft.Extensions.Logging;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

public sealed class GhlClientTests
{
    private const string List = "GET /conversations/conv1/messages";

    public static TheoryData<string> Lists =>
    [
        """{"messages":{"lastMessageId":"x","nextPage":false,"messages":[{"id":"m1","direction":"outbound","body":"hi","dateAdded":"2026-11-17T09:05:21.700Z"}]}}""",
        """{"lastMessageId":"x","nextPage":false,"messages":[{"id":"m1","direction":"outbound","body":"hi","dateAdded":1794906321700}]}""",
        """{"messages":[{"noId":true},{"id":"m1","direction":"OUTBOUND","body":"hi","newField":[1],"dateAdded":"2026-11-17T09:05:21.700Z"}]}""",
    ];

    [Theory, MemberData(nameof(Lists))]
    public async Task Reads_messages_wrapped_or_flat(string answer)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.Next(List, new Answer(200, answer));

        var message = Assert.Single((await CallAsync(host, MessageCalls.List("conv1", 20))).Value!.Messages);

        Assert.Equal(("m1", true, "hi"), (message.Id, message.Outbound, message.Body));
        Assert.Equal(DateTimeOffset.Parse("2026-11-17T09:05:21.700Z"), message.AddedAt);
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("99999999999999999999")]
    [InlineData("-62135596800001")]
    [InlineData("\"yesterday\"")]
    public async Task A_time_that_is_none_reads_as_absent(string time)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.Next(List, new Answer(200, $$"""{"messages":[{"id":"m1\u0000","direction":"outbound","body":"cut \ud83d","dateAdded":{{time}}}]}"""));

        var message = Assert.Single((await CallAsync(host, MessageCalls.List("conv1", 20))).Value!.Messages);

        Assert.Equal(("m1", "cut \ufffd", null), (message.Id, message.Body, message.AddedAt));
    }

    [Fact]
    public async Task A_limit_beyond_belief_is_no_limit()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.Next(List, Answer.Error(429, "no") with
        {
            Headers = new Dictionary<string, string> { ["X-RateLimit-Interval-Milliseconds"] = "9223372036854775807", ["X-RateLimit-Max"] = "9223372036854775807" },
        });

        var reply = await host.Get<GhlClient>().CallAsync(MessageCalls.List("conv1", 20), "token", TestContext.Current.CancellationToken);

        Assert.Equal((null, null, TimeSpan.FromSeconds(10)), (reply.Rate.Max, reply.Rate.WindowMs, reply.Rate.BlockedFor!.Value));
    }

    [Theory]
    [InlineData("""{"message":"Cannot send message as DND is active for SMS."}""", "dnd")]
    [InlineData("""{"message":["Cannot send message as","DND is active for SMS."]}""", "dnd")]
    [InlineData("""{"message":["x","Contact not found for id:1"],"error":"Bad Request"}""", "contact_missing")]
    [InlineData("""{"error":"Missing phone number"}""", "no_phone")]
    [InlineData("""{"message":{"odd":1}}""", "refused")]
    [InlineData("<html>", "refused")]
    [InlineData("", "refused")]
    public async Task Names_a_refusal_however_it_is_worded(string body, string reason)
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.Next(List, new Answer(400, body));

        var result = await CallAsync(host, MessageCalls.List("conv1", 20));

        Assert.Equal((GhlOutcome.Refused, reason), (result.Outcome, result.Reason));
    }

    [Fact]
    public async Task An_answer_of_more_than_a_megabyte_is_not_read()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.Next(List, new Answer(200, "{\"messages\":[],\"x\":\"" + new string('a', 1 << 20) + "\"}"));

        Assert.Equal(GhlOutcome.Unknown, (await CallAsync(host, MessageCalls.List("conv1", 20))).Outcome);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.Next(List, new Answer(307, "{}") { Headers = new Dictionary<string, string> { ["Location"] = "/conversations/other/messages" } });

        Assert.Equal(GhlOutcome.Unknown, (await CallAsync(host, MessageCalls.List("conv1", 20))).Outcome);
        Assert.Single(host.Ghl.Seen);
    }

    [Fact]
    public async Task Speaks_the_versions_that_are_set()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.State.AddContact("c1");

        await CallAsync(host, MessageCalls.Search("loc1", "c1", 5));
        await CallAsync(host, ContactCalls.Enroll("c1", "w/1 ?"));

        Assert.Equal(["2021-04-15", "2021-07-28"], host.Ghl.Seen.Select(one => one.Headers["Version"]));
        Assert.Equal("/contacts/c1/workflow/w%2F1%20%3F", host.Ghl.Seen[1].Path);
    }

    [Fact]
    public async Task Reaches_a_path_of_this_very_process()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite", "--Ghl:BaseUrl=/health/live?");

        Assert.NotEqual(GhlOutcome.NotSent, (await CallAsync(host, ContactCalls.Enroll("c1", "w1"))).Outcome);
    }

    [Fact]
    public async Task Logs_no_text_no_token_and_no_number()
    {
        var lines = new List<string>();
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        using var sink = new Sink(lines);
        var client = new GhlClient(
            host.Get<GhlHttp>(), host.Get<Platform.Hosting.SelfAddress>(), host.Get<Microsoft.Extensions.Options.IOptions<GhlOptions>>(), host.Clock,
            LoggerFactory.Create(logging => logging.AddProvider(sink).SetMinimumLevel(LogLevel.Trace)).CreateLogger<GhlClient>());
        host.Ghl.Next(FakeGhl.Send, new Answer(400, """{"message":"Missing phone number +15555550123","traceId":"trace-7"}"""));

        await client.CallAsync(
            MessageCalls.Send(new() { Type = "SMS", ContactId = "c1", Message = "the-planted-text" }, () => true), "the-planted-token", TestContext.Current.CancellationToken);

        var line = Assert.Single(lines);
        Assert.Contains("trace-7", line, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", line, StringComparison.Ordinal);
        Assert.DoesNotContain("5555550123", line, StringComparison.Ordinal);
    }

    private static async Task<GhlResult<T>> CallAsync<T>(DeliveryHost host, GhlCall<T> call)
        where T : class => (await host.Get<GhlClient>().CallAsync(call, "token", TestContext.Current.CancellationToken)).Result;

    private sealed class Sink(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
