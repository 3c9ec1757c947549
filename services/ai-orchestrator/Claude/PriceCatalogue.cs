namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>Tokens of one call.</summary>
/// <param name="Input">After the last cache breakpoint.</param>
/// <param name="Output">Written, thinking included.</param>
/// <param name="CacheWrite">Written to the prompt cache, 5 minute entries.</param>
/// <param name="CacheRead">Read from the prompt cache.</param>
internal sealed record TokenUse(long Input, long Output, long CacheWrite, long CacheRead)
{
    public static readonly TokenUse None = new(0, 0, 0, 0);
}

/// <summary>Prices of the models, whole billionths of a US dollar a token. As of 2026-11-20.</summary>
internal static class PriceCatalogue
{
    public const string Version = "2026-11-20";

    private sealed record Price(long Input, long Output, long CacheWrite, long CacheRead, long LongPromptFactor = 1);

    private const long LongPrompt = 100_000;

    private static readonly Dictionary<string, Price> Prices = new(StringComparer.OrdinalIgnoreCase)
    {
        ["claude-haiku-5-5"] = new(100, 500, 125, 10, LongPromptFactor: 5),
        ["claude-sonnet-5-5"] = new(2_000, 10_000, 2_500, 200),
        ["claude-opus-5-5"] = new(4_000, 20_000, 5_000, 200),
        ["claude-fable-5-2"] = new(8_000, 40_000, 10_000, 200),
        ["claude-fable-5-1"] = new(10_000, 50_000, 12_500, 250),
        ["claude-sonnet-5"] = new(2_000, 10_000, 2_500, 200),
        ["claude-opus-5"] = new(5_000, 25_000, 6_250, 500),
        ["claude-haiku-4-5"] = new(1_000, 5_000, 1_250, 100),
        ["claude-haiku-4-5-20251001"] = new(1_000, 5_000, 1_250, 100),
        ["claude-sonnet-4-5"] = new(3_000, 15_000, 3_750, 300),
        ["claude-sonnet-4-6"] = new(3_000, 15_000, 3_750, 300),
    };

    // A model that is not listed is taken for the dearest: a budget may end early, never late.
    private static readonly Price Dearest = Prices.Values.MaxBy(price => price.Input)!;

    /// <summary>Cost of a call, millionths of a US dollar, rounded up.</summary>
    public static long MicroUsd(string model, TokenUse use)
    {
        var price = Prices.GetValueOrDefault(model, Dearest);
        var factor = use.Input + use.CacheWrite + use.CacheRead > LongPrompt ? price.LongPromptFactor : 1;
        var nano = (use.Input * price.Input) + (use.Output * price.Output) + (use.CacheWrite * price.CacheWrite) + (use.CacheRead * price.CacheRead);
        return ((nano * factor) + 999) / 1_000;
    }
}
