using EnterpriseHub.Faults.Tests.Bench;

namespace EnterpriseHub.Faults.Tests.Upstreams;

/// <summary>Claude that refuses, stalls, breaks off or answers nonsense: the turn is thought again, or ends with a person and a reason.</summary>
internal static class ClaudeCells
{
    /// <summary>Where the model answers, only not usably, the product's own next question will do: it names no text of the lead.</summary>
    private const string OneEnd = "one reply each, or a person with the reason";

    public static IEnumerable<FaultCell> All =>
    [
        Trouble("Claude 429", "429 with retry-after 1 s, six times", FaultCell.OneEach, new { upstream = "claude", mode = "429", retryAfter = 1, count = 6 }),
        Trouble("Claude spend limit", "429 without retry-after, six times", FaultCell.OneEach, new { upstream = "claude", mode = "spend-cap", count = 6 }),
        Trouble("Claude 529", "529 before the answer, six times", FaultCell.OneEach, new { upstream = "claude", mode = "529", count = 6 }),
        Trouble("Claude 529 inside", "529 inside the answer, six times", FaultCell.OneEach, new { upstream = "claude", mode = "error-in-stream", count = 6 }),
        Trouble("Claude 500", "500, six times", FaultCell.OneEach, new { upstream = "claude", mode = "500", count = 6 }),
        Trouble("Claude hangs", "no answer, four times", FaultCell.OneEach, new { upstream = "claude", mode = "hang", count = 4 }),
        Trouble("Claude stalls", "half an answer, then silence, four times", FaultCell.OneEach, new { upstream = "claude", mode = "stall", count = 4 }),
        Trouble("Claude cut", "the connection ends inside the answer, six times", OneEnd, new { upstream = "claude", mode = "cut", count = 6 }),
        Trouble("Claude reset", "the connection is reset, six times", FaultCell.OneEach, new { upstream = "claude", mode = "reset", count = 6 }),
        Trouble("Claude empty", "an empty answer, six times", OneEnd, new { upstream = "claude", mode = "empty", count = 6 }),
        Trouble("Claude refuses", "stop reason refusal for every draft", OneEnd, new { upstream = "claude", mode = "refusal", purpose = "draft" }),
        Trouble("Claude garbage", "no JSON of the API, six times", OneEnd, new { upstream = "claude", mode = "garbage", count = 6 }),
        Trouble("Claude invalid JSON", "an answer that breaks the schema, six times", OneEnd, new { upstream = "claude", mode = "invalid-json", count = 6 }),
        Trouble("Claude enum case", "enum values in the wrong case, always", FaultCell.OneEach, new { upstream = "claude", mode = "enum-case" }),
        Trouble("Claude 100 kB", "a hundred kilobytes of answer, six times", OneEnd, new { upstream = "claude", mode = "huge", count = 6 }),
        Trouble("Claude away", "500 for everything", OneEnd, new { upstream = "claude", mode = "500" }),
    ];

    private static FaultCell Trouble(string name, string injected, string expected, object rule) => new(name, injected, expected, async bench =>
    {
        await bench.UpstreamsAsync(rule);
        try
        {
            await bench.BurstAsync();
            return expected == OneEnd ? await bench.OneEndEachAsync() : await bench.OneEachAsync();
        }
        finally
        {
            await bench.UpstreamsAsync();
        }
    });
}
