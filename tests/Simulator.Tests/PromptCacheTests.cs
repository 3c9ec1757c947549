using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnterpriseHub.Simulator.Tests;

public sealed class PromptCacheTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    private static readonly string Long = new('s', 4096);

    [Fact]
    public async Task The_first_call_writes_and_the_next_reads_the_same_prefix()
    {
        var first = await UsageAsync(Body("alpha " + Long, "one"), "k-a");
        Assert.Equal((0, 1025), (Read(first), Written(first)));
        Assert.Equal(1025, first.GetProperty("cache_creation").GetProperty("ephemeral_5m_input_tokens").GetInt32());
        var second = await UsageAsync(Body("alpha " + Long, "two and more"), "k-a");
        Assert.Equal((1025, 0), (Read(second), Written(second)));
        Assert.Equal(3, second.GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task Another_key_another_text_and_another_output_format_are_cold()
    {
        await UsageAsync(Body("beta " + Long, "one"), "k-b");
        Assert.Equal(0, Read(await UsageAsync(Body("beta " + Long, "one"), "k-c")));
        Assert.Equal(0, Read(await UsageAsync(Body("Beta " + Long, "one"), "k-b")));
        var structured = Prompts.Analyse("hi");
        structured["system"] = Body("beta " + Long, "")["system"]!.DeepClone();
        Assert.Equal(0, Read(await UsageAsync(structured, "k-b")));
        Assert.NotEqual(0, Read(await UsageAsync(structured, "k-b")));
    }

    [Fact]
    public async Task A_prefix_under_512_tokens_is_not_cached()
    {
        var usage = await UsageAsync(Body(new string('x', 2000), "one"), "k-d");
        Assert.Equal((0, 0), (Read(usage), Written(usage)));
    }

    [Fact]
    public async Task A_moved_breakpoint_reads_what_was_written_before()
    {
        var turn = Body("gamma " + Long, "first question");
        turn["messages"] = new JsonArray(Marked("user", Long));
        await UsageAsync(turn, "k-e");
        turn["messages"] = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = Long }, new JsonObject { ["role"] = "assistant", ["content"] = "ok" }, Marked("user", "and now?"));
        var usage = await UsageAsync(turn, "k-e");
        Assert.Equal(2049, Read(usage));
        Assert.InRange(Written(usage), 1, 10);
    }

    [Fact]
    public async Task An_hour_is_accounted_apart_and_may_not_follow_five_minutes()
    {
        var body = Body("delta " + Long, "one");
        body["system"]![0]!["cache_control"]!["ttl"] = "1h";
        var usage = await UsageAsync(body, "k-f");
        Assert.Equal(1025, usage.GetProperty("cache_creation").GetProperty("ephemeral_1h_input_tokens").GetInt32());
        body["system"]!.AsArray().Insert(0, Body("five", "")["system"]![0]!.DeepClone());
        Assert.Equal(400, (await host.AskAsync(body, "k-f")).Status);
    }

    [Fact]
    public async Task Five_breakpoints_are_refused()
    {
        var body = Body("a", "one");
        body["system"] = new JsonArray([.. Enumerable.Range(0, 5).Select(index => Body("b" + index, "")["system"]![0]!.DeepClone())]);
        Assert.Equal(400, (await host.AskAsync(body, "k-g")).Status);
    }

    [Fact]
    public async Task A_call_with_no_output_warms_the_cache()
    {
        var warm = Body("epsilon " + Long, "x");
        warm["max_tokens"] = 0;
        var (_, answer) = await host.AskAsync(warm, "k-h");
        Assert.Empty(answer.GetProperty("content").EnumerateArray());
        Assert.Equal("max_tokens", answer.GetProperty("stop_reason").GetString());
        Assert.Equal(1026, Read(await UsageAsync(Body("epsilon " + Long, "y"), "k-h")));
        warm["stream"] = true;
        Assert.Equal(400, (await host.AskAsync(warm, "k-h")).Status);
    }

    private async Task<JsonElement> UsageAsync(JsonObject body, string key)
    {
        var (status, answer) = await host.AskAsync(body, key);
        Assert.True(status == 200, answer.ToString());
        return answer.GetProperty("usage");
    }

    private static int Read(JsonElement usage) => usage.GetProperty("cache_read_input_tokens").GetInt32();

    private static int Written(JsonElement usage) => usage.GetProperty("cache_creation_input_tokens").GetInt32();

    private static JsonObject Marked(string role, string text) => new() { ["role"] = role, ["content"] = new JsonArray(Block(text)) };

    private static JsonObject Block(string text) => new() { ["type"] = "text", ["text"] = text, ["cache_control"] = new JsonObject { ["type"] = "ephemeral" } };

    private static JsonObject Body(string system, string user)
    {
        var body = Prompts.Plain(user);
        body["system"] = new JsonArray(Block(system));
        return body;
    }
}
