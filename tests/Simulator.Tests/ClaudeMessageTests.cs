using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnterpriseHub.Simulator.Tests;

public sealed class ClaudeMessageTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task A_plain_question_gets_prose_with_usage_and_headers()
    {
        using var response = await host.ClaudeAsync(Prompts.Plain("How is lead 7 doing?"));
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("end_turn", answer.GetProperty("stop_reason").GetString());
        Assert.Contains("lead 7", answer.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.True(answer.GetProperty("usage").GetProperty("output_tokens").GetInt32() > 10);
        Assert.StartsWith("req_", response.Headers.GetValues("request-id").Single());
        Assert.True(response.Headers.Contains("anthropic-ratelimit-input-tokens-remaining"));
    }

    [Theory]
    [InlineData("temperature", "0.5", "temperature: Extra inputs are not permitted")]
    [InlineData("top_p", "0.5", "top_p: Extra inputs are not permitted")]
    [InlineData("top_k", "5", "top_k: Extra inputs are not permitted")]
    [InlineData("thinking", """{"type":"enabled","budget_tokens":1024}""", "thinking.type")]
    [InlineData("messages", "[]", "messages")]
    [InlineData("messages", """[{"role":"user","content":"a"},{"role":"assistant","content":"{"}]""", "prefill")]
    [InlineData("max_tokens", "-1", "max_tokens")]
    public async Task What_the_API_refuses_is_refused(string member, string value, string words)
    {
        var body = Prompts.Plain("hi");
        body[member] = JsonNode.Parse(value);
        var (status, answer) = await host.AskAsync(body);
        Assert.Equal(400, status);
        Assert.Equal("invalid_request_error", answer.GetProperty("error").GetProperty("type").GetString());
        Assert.Contains(words, answer.GetProperty("error").GetProperty("message").GetString());
        Assert.StartsWith("req_", answer.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task An_older_version_still_takes_temperature()
    {
        var body = Prompts.Plain("hi");
        body["temperature"] = 0.5;
        using var response = await host.ClaudeAsync(body, version: "2023-06-01");
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_missing_version_is_a_400_a_bad_key_a_401_and_another_model_a_404()
    {
        using var noVersion = await host.ClaudeAsync(Prompts.Plain("hi"), version: null);
        Assert.Equal(400, (int)noVersion.StatusCode);
        using var badKey = await host.ClaudeAsync(Prompts.Plain("hi"), key: "invalid");
        Assert.Equal(401, (int)badKey.StatusCode);
        var body = Prompts.Plain("hi");
        body["model"] = "gpt-9";
        Assert.Equal(404, (await host.AskAsync(body)).Status);
    }

    [Fact]
    public async Task An_answer_is_cut_at_max_tokens()
    {
        var body = Prompts.Plain("hi");
        body["max_tokens"] = 5;
        var (_, answer) = await host.AskAsync(body);
        Assert.Equal("max_tokens", answer.GetProperty("stop_reason").GetString());
        Assert.Equal(20, answer.GetProperty("content")[0].GetProperty("text").GetString()!.Length);
    }

    [Fact]
    public async Task Tokens_are_counted_as_characters_by_four()
    {
        using var response = await host.ClaudeAsync(Prompts.Plain(new string('a', 4000)), path: "/v1/messages/count_tokens");
        Assert.Equal(1000, JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task Calls_are_counted_by_purpose()
    {
        await host.Client.DeleteAsync("/sim/claude/ledger");
        await host.AskAsync(Prompts.Analyse("hi"));
        await host.AskAsync(Prompts.DraftReply("hi"));
        await host.AskAsync(Prompts.DraftReply("hi"));
        var summary = await host.GetAsync("/sim/claude/ledger/summary");
        Assert.Equal(3, summary.GetProperty("calls").GetInt32());
        Assert.Equal(1, summary.GetProperty("byPurpose").GetProperty("analysis").GetProperty("calls").GetInt32());
        Assert.Equal(2, summary.GetProperty("byPurpose").GetProperty("draft").GetProperty("calls").GetInt32());
        Assert.True(summary.GetProperty("byPurpose").GetProperty("draft").GetProperty("outputTokens").GetInt32() > 0);
    }
}
