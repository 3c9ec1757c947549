using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Anthropic.Models;

namespace EnterpriseHub.Simulator.Tests;

/// <summary>The official SDK against the simulator.</summary>
public sealed class SdkTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task The_SDK_reads_a_structured_answer()
    {
        var message = await Client().Messages.Create(Ask(structured: true));
        Assert.True(message.Content[0].TryPickText(out var text));
        Assert.Contains("Shall we", JsonElement.Parse(text!.Text).GetProperty("reply").GetString());
        Assert.True(message.Usage.OutputTokens > 0);
    }

    [Fact]
    public async Task The_SDK_reads_a_stream_to_its_end()
    {
        var message = await Client().Messages.CreateStreaming(Ask(structured: false)).Aggregate();
        Assert.True(message.Content[0].TryPickText(out var text));
        Assert.Contains("timeline", text!.Text);
        Assert.True(message.Usage.OutputTokens > 0);
    }

    [Fact]
    public async Task The_SDK_knows_the_errors()
    {
        await host.FaultAsync(new { upstream = "claude", mode = "spend-cap", count = 1 });
        await Assert.ThrowsAsync<AnthropicEnforcedSpendLimitReachedException>(() => Client().Messages.Create(Ask(structured: false)));
        await host.FaultAsync(new { upstream = "claude", mode = "529", count = 1 });
        await Assert.ThrowsAsync<AnthropicOverloadedException>(() => Client().Messages.Create(Ask(structured: false)));
        await host.FaultAsync(new { upstream = "claude", mode = "cut", count = 1 });
        await Assert.ThrowsAsync<AnthropicInvalidDataException>(() => Client().Messages.CreateStreaming(Ask(structured: false)).Aggregate());
        await host.FaultAsync(new { upstream = "claude", mode = "refusal", count = 1 });
        var refused = await Client().Messages.Create(Ask(structured: false));
        Assert.Equal(StopReason.Refusal, refused.StopReason!.Value());
    }

    private AnthropicClient Client() => new(new ClientOptions { BaseUrl = host.Address + "/sim/claude", ApiKey = "sdk", MaxRetries = 0 });

    private static MessageCreateParams Ask(bool structured) => new()
    {
        Model = "claude-haiku-5-5",
        MaxTokens = 500,
        Messages = [new UserMessageParam { Content = "<messages>\nHello there\n</messages>" }],
        OutputConfig = !structured ? null : new OutputConfig
        {
            Format = new JsonOutputFormat
            {
                Schema = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
                    """{"type":"object","additionalProperties":false,"required":["reply"],"properties":{"reply":{"type":"string"}}}""")!,
            },
        },
    };
}
