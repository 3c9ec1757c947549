using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude.Reading;

/// <summary>The tagged blocks of the last user message; without tags the whole text is the lead's message.</summary>
internal sealed partial record PromptText
{
    public required string Whole { get; init; }

    /// <summary>The lead's new messages, one a line.</summary>
    public required string Messages { get; init; }

    public required string Mode { get; init; }

    public required string? FirstName { get; init; }

    /// <summary>Key and question, in order of preference.</summary>
    public required IReadOnlyList<(string Key, string Text)> OpenQuestions { get; init; }

    public required IReadOnlySet<string> Known { get; init; }

    /// <summary>What was said to the lead last; null at the start of a conversation.</summary>
    public required string? LastReply { get; init; }

    public static PromptText Read(JsonElement body)
    {
        string whole = "", said = "";
        foreach (var message in body.Items("messages"))
        {
            switch (message.Text("role"))
            {
                case "user":
                    whole = Plain(message.Member("content"));
                    break;
                case "assistant":
                    said = Plain(message.Member("content"));
                    break;
            }
        }
        var history = Block(whole, "history") ?? Block(whole, "conversation") ?? Block(whole, "transcript") ?? "";
        var known = Lines(Block(whole, "known"));
        var lastReply = OurLine().Matches(history).LastOrDefault()?.Groups[1].Value ?? (said.Length > 0 ? said : null);
        return new PromptText
        {
            Whole = whole,
            Messages = LinePrefix().Replace(Block(whole, "messages") ?? Block(whole, "new_messages") ?? Block(whole, "message") ?? whole, ""),
            Mode = (Block(whole, "mode") ?? "lead").Trim().ToLowerInvariant(),
            FirstName = Block(whole, "contact") is { } contact ? NameOf(contact) : null,
            OpenQuestions = Lines(Block(whole, "open_questions")),
            Known = known.Select(line => EnumName(line.Key)).ToHashSet(),
            LastReply = lastReply ?? (known.Count > 0 ? "" : null),
        };
    }

    private static string? NameOf(string contact)
    {
        var labelled = NameLabel().Match(contact);
        var name = labelled.Success ? labelled.Groups[1].Value : contact.Contains(':', StringComparison.Ordinal) ? "" : contact.Trim().Split(' ', '\n')[0];
        return name.Length is > 0 and <= 30 && name.All(sign => char.IsLetter(sign) || sign is '-' or '\'') ? name : null;
    }

    internal static string EnumName(string text) => Schemas.EnumChoice.Plain(text);

    private static string? Block(string text, string tag)
    {
        var start = text.IndexOf("<" + tag, StringComparison.OrdinalIgnoreCase);
        var open = start < 0 ? -1 : text.IndexOf('>', start);
        var end = open < 0 ? -1 : text.IndexOf("</" + tag + ">", open, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : WebUtility.HtmlDecode(text[(open + 1)..end]).Trim();
    }

    private static List<(string Key, string Text)> Lines(string? block) =>
        block is null ? [] : [.. KeyLine().Matches(block).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim()))];

    private static string Plain(JsonElement? content)
    {
        if (content is { ValueKind: JsonValueKind.String } text)
        {
            return text.GetString()!;
        }
        var joined = new StringBuilder();
        foreach (var block in content is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default)
        {
            joined.AppendLine(block.Text("text"));
        }
        return joined.ToString();
    }

    [GeneratedRegex(@"^[ \t]*(?:[-*•]|\d+[.)])?[ \t]*([A-Za-z_][\w.-]*)[ \t]*[:=][ \t]*(\S.*?)[ \t\r]*$", RegexOptions.Multiline)]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"^[ \t]*(?:[-*•][ \t]+|\d+[.)][ \t]+)?(?:\[[^\]\n]*\][ \t]*)?(?:(?:lead|contact|customer|user|inbound)[ \t]*:[ \t]*)?", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex LinePrefix();

    [GeneratedRegex(@"^[ \t]*(?:\[[^\]\n]*\][ \t]*)?(?:assistant|us|we|agent|bot|ai|team|outbound)[ \t]*:[ \t]*(.+)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex OurLine();

    [GeneratedRegex(@"(?:first[ _]?name|name)\W+([\p{L}'-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex NameLabel();
}
