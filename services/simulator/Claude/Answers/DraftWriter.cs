using EnterpriseHub.Simulator.Claude.Reading;

namespace EnterpriseHub.Simulator.Claude.Answers;

/// <summary>Writes a short reply: what was understood, then the first question that is still open.</summary>
internal static class DraftWriter
{
    private const int MaxLength = 299;

    private static readonly Dictionary<string, string> SpanishQuestions = new()
    {
        ["motivation"] = "¿Qué le hace pensar en mudarse?",
        ["destination"] = "¿A dónde piensa mudarse?",
        ["timeline"] = "¿Le funcionaría cerrar en 30 a 45 días?",
        ["timeline_accepted"] = "¿Le funcionaría cerrar en 30 a 45 días?",
        ["condition"] = "¿En qué estado está la casa?",
        ["price"] = "¿Qué precio tiene en mente?",
        ["address"] = "¿Cuál es la dirección de la propiedad?",
        ["budget"] = "¿Cuál es su presupuesto?",
        ["area"] = "¿En qué zona busca?",
        ["bedrooms"] = "¿Cuántas recámaras necesita?",
        ["financing"] = "¿Ya tiene preaprobación o paga de contado?",
        ["property_type"] = "¿Qué tipo de propiedad busca?",
    };

    public static (string Reply, string Asks) Write(PromptText prompt, LeadReading reading)
    {
        var open = prompt.OpenQuestions.FirstOrDefault(question =>
            !reading.Answers(question.Key) && !prompt.Known.Contains(PromptText.EnumName(question.Key)));
        var asks = reading.OptOut || reading.NeedsHuman ? "none" : open.Key ?? "none";
        var next = asks != "none" ? Question(open, reading.Spanish)
            : reading.OptOut || reading.NeedsHuman ? ""
            : reading.Spanish ? "¿Le parece si organizamos una llamada?" : "Shall we set up a quick call to go over the next steps?";
        var refs = string.Join(", ", Phrases.Ref().Matches(prompt.Messages).Select(match => "ref " + match.Groups[1].Value));
        var tail = refs.Length == 0 ? "" : $" ({refs})";
        var body = $"{Acknowledge(prompt, reading)} {next}".Trim();
        var room = Math.Max(0, MaxLength - tail.Length);
        return ((body.Length > room ? body[..room].TrimEnd() : body) + tail, asks);
    }

    private static string Question((string Key, string Text) open, bool spanish) =>
        spanish && FieldNames.Of(open.Key) is { } fact && SpanishQuestions.TryGetValue(fact, out var text) ? text : open.Text.Length > 160 ? open.Text[..160] : open.Text;

    private static string Acknowledge(PromptText prompt, LeadReading reading)
    {
        var es = reading.Spanish;
        var name = prompt.FirstName is { } first ? ", " + first : "";
        return reading.Intent switch
        {
            "opt_out" => es ? "Entendido, no le escribiremos más." : "Understood, we will not text you again.",
            "human_request" => es ? $"Claro{name}, un compañero le contactará enseguida." : $"Of course{name}, a teammate will reach out to you shortly.",
            "appointment" => es ? $"¡Con gusto{name}!" : $"Happy to set that up{name}.",
            "question" => es ? $"Buena pregunta{name}, el equipo se lo confirma." : $"Good question{name}, the team will confirm that for you.",
            "greeting" => es ? $"¡Hola{name}! Gracias por escribir." : $"Hi{name}! Thanks for reaching out.",
            "not_interested" => es ? "Entiendo, gracias por avisar." : "No problem, thanks for letting me know.",
            _ => Fact(reading) is { } fact
                ? es ? $"Gracias{name}, entendido: {fact}." : $"Thanks{name}, got it: {fact}."
                : es ? $"Gracias{name} por el mensaje." : $"Thanks for the message{name}.",
        };
    }

    private static string? Fact(LeadReading reading)
    {
        var words = reading.Pairs.Select(pair => pair.Value).Where(value => value is not bool).Select(value => value.ToString()!)
            .Where(text => text.Length is > 1 and <= 60).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var own = words.Where(text => !words.Any(other => other.Length > text.Length && other.Contains(text, StringComparison.OrdinalIgnoreCase))).Take(2).ToList();
        return own.Count == 0 ? null : string.Join(", ", own);
    }
}
