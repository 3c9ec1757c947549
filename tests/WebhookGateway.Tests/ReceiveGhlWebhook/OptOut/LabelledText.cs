namespace EnterpriseHub.WebhookGateway.Tests.ReceiveGhlWebhook.OptOut;

/// <summary>One row of <c>labelled-texts.tsv</c>.</summary>
/// <param name="Part"><c>tuned</c>: the rules were written on it; <c>held-out</c> and <c>held-out-2</c>: written before they were measured.</param>
/// <param name="IsRequest">A person who reads it would stop writing.</param>
/// <param name="Language">en, es or mixed.</param>
/// <param name="Kind">legal-word, plain-request, typo, quoted, ambiguous; other-meaning, negation, not-now, plain.</param>
/// <param name="Text">What the lead wrote.</param>
internal sealed record LabelledText(string Part, bool IsRequest, string Language, string Kind, string Text)
{
    public static IReadOnlyList<LabelledText> All { get; } = [.. Lines().Skip(1).Select(Parse)];

    private static string[] Lines()
    {
        using var reader = new StreamReader(typeof(LabelledText).Assembly.GetManifestResourceStream("labelled-texts.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static LabelledText Parse(string line)
    {
        var fields = line.Split('\t');
        Assert.True(fields is [_, "out" or "no", "en" or "es" or "mixed", _, _], $"Not a row of five fields: {line}");
        return new(fields[0], fields[1] == "out", fields[2], fields[3], fields[4].Replace("\\n", "\n", StringComparison.Ordinal));
    }
}
