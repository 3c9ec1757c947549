using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnterpriseHub.Simulator.Tests;

public sealed class ClaudeStreamTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task The_events_come_in_order_and_add_up_to_the_answer()
    {
        var body = Prompts.DraftReply("I want to sell");
        var whole = Prompts.Text((await host.AskAsync(body)).Body);
        body["stream"] = true;
        var events = await EventsAsync(body);
        Assert.Equal(["message_start", "content_block_start", "ping"], events.Take(3).Select(one => one.Name));
        Assert.Equal(["content_block_stop", "message_delta", "message_stop"], events.TakeLast(3).Select(one => one.Name));
        Assert.All(events.Skip(3).SkipLast(3), one => Assert.Equal("content_block_delta", one.Name));
        Assert.All(events, one => Assert.Equal(one.Name, one.Data.GetProperty("type").GetString()));
        Assert.True(JsonElement.DeepEquals(whole, JsonElement.Parse(TextOf(events))));
        var end = events[^2].Data;
        Assert.Equal("end_turn", end.GetProperty("delta").GetProperty("stop_reason").GetString());
        Assert.Equal(
            events[0].Data.GetProperty("message").GetProperty("usage").GetProperty("input_tokens").GetInt32(), end.GetProperty("usage").GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task A_cut_stream_ends_clean_without_message_stop()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "cut", count = 1 });
        var events = await EventsAsync(Prompts.Plain("hi", stream: true));
        Assert.Contains(events, one => one.Name == "content_block_delta");
        Assert.DoesNotContain(events, one => one.Name == "message_stop");
    }

    [Fact]
    public async Task An_error_can_come_after_the_200()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "error-in-stream", count = 1 });
        var events = await EventsAsync(Prompts.Plain("hi", stream: true));
        Assert.Equal("error", events[^1].Name);
        Assert.Equal("overloaded_error", events[^1].Data.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_reset_stream_breaks_the_connection()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "reset", count = 1 });
        await Assert.ThrowsAnyAsync<Exception>(() => EventsAsync(Prompts.Plain("hi", stream: true)));
    }

    [Fact]
    public async Task A_stalled_stream_goes_silent_after_its_first_words()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "stall", count = 1 });
        using var response = await host.ClaudeAsync(Prompts.Plain("hi", stream: true));
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(stream);
        Assert.Equal("event: message_start", await reader.ReadLineAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.ReadToEndAsync(patience.Token));
    }

    private static string TextOf(List<(string Name, JsonElement Data)> events) =>
        string.Concat(events.Where(one => one.Name == "content_block_delta").Select(one => one.Data.GetProperty("delta").GetProperty("text").GetString()));

    private async Task<List<(string Name, JsonElement Data)>> EventsAsync(JsonObject body)
    {
        using var response = await host.ClaudeAsync(body);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block.Split('\n')).Select(lines => (lines[0]["event: ".Length..], JsonElement.Parse(lines[1]["data: ".Length..])))];
    }
}
