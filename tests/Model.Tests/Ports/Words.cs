namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>The texts of a run. Every inbound text ends with a word of its own, so that a reply tells what it answers.</summary>
internal static class Words
{
    private const string Opening = "I have noted";

    private static readonly string[] All =
    [
        "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima", "mike", "november", "oscar",
    ];

    public static string Of(int input) => All[input];

    public static string Text(int input) => $"My message is {Of(input)}";

    public static string Reply(IEnumerable<string> words) => $"{Opening} {string.Join(" and ", words)}.";

    /// <summary>The texts that a reply answers; none for a reply that was written without the model.</summary>
    public static IReadOnlyList<string> AnsweredBy(string reply) => reply.StartsWith(Opening, StringComparison.Ordinal)
        ? [.. reply[Opening.Length..].TrimEnd('.').Split(" and ", StringSplitOptions.TrimEntries).Where(word => All.Contains(word))]
        : [];
}
