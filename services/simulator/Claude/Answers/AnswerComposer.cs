using System.Text;
using EnterpriseHub.Simulator.Claude.Reading;
using EnterpriseHub.Simulator.Claude.Schemas;
using EnterpriseHub.Simulator.Json;

namespace EnterpriseHub.Simulator.Claude.Answers;

/// <summary>Composes the text of an answer.</summary>
internal static class AnswerComposer
{
    public static string Compose(ClaudeRequest request, AnswerTwist twist)
    {
        var prompt = PromptText.Read(request.Body);
        var reading = LeadReader.Read(prompt);
        if (request.Schema is not { } schema)
        {
            return twist == AnswerTwist.Huge ? Prose(prompt).PadRight(1_000_000, '.') : Prose(prompt);
        }
        if (schema.Purpose == "draft")
        {
            var (reply, asks) = DraftWriter.Write(prompt, reading);
            reading.Set("reply", reply);
            reading.Set("asks", asks);
        }
        else if (schema.Purpose == "other")
        {
            reading.Set("answer", Prose(prompt));
            reading.Set("title", "Lead " + reading.Intent);
            reading.Set("hints", Hints(prompt));
        }
        return Encoding.UTF8.GetString(JsonText.Write((reading, schema.Root, twist), static (writer, given) => new SchemaWriter(given.reading, given.twist).Write(writer, given.Root)));
    }

    private static List<string> Hints(PromptText prompt) =>
        ["Repeat the lead's own words before you ask.", prompt.OpenQuestions.Count > 0 ? "Ask next: " + prompt.OpenQuestions[0].Text : "Offer two times for a call."];

    private static string Prose(PromptText prompt)
    {
        var asked = prompt.Messages.Trim().ReplaceLineEndings(" ");
        var topic = asked.Length > 120 ? asked[..120] + "…" : asked;
        return $"Here is what I can tell about \"{topic}\". The lead looks engaged and answers quickly. Confirm the timeline first, then the price range, "
            + "and offer two concrete times for a call. Keep the next message short and end it with one question.";
    }
}
