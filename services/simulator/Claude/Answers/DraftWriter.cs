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

    private static readonly Dictionary<string, (string English, string Spanish)> Names = new()
    {
        ["motivation"] = ("your reason", "su motivo"),
        ["destination"] = ("where you are headed", "su destino"),
        ["timeline"] = ("your timeline", "su plazo"),
        ["condition"] = ("the condition", "el estado"),
        ["price"] = ("your price", "su precio"),
        ["address"] = ("the address", "la dirección"),
        ["budget"] = ("your budget", "su presupuesto"),
        ["area"] = ("the area", "la zona"),
        ["bedrooms"] = ("the rooms you need", "las recámaras"),
        ["financing"] = ("your financing", "su financiamiento"),
        ["property_type"] = ("the kind of home", "el tipo de propiedad"),
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
        spanish && !open.Text.Contains('¿') && FieldNames.Of(open.Key) is { } fact && SpanishQuestions.TryGetValue(fact, out var text) ? text : open.Text.Length > 160 ? open.Text[..160] : open.Text;

    private static string Acknowledge(PromptText prompt, LeadReading reading)
    {
        var es = reading.Spanish;
        var name = prompt.FirstName is { } first ? ", " + first : "";
        return reading.Intent switch
        {
            "opt_out" => es ? "Entendido, no le escribiremos más." : "Understood, we will not text you again.",
            "human_request" => es ? $"Claro{name}, un compañero le contactará enseguida." : $"Of course{name}, a teammate will reach out to you shortly.",
            "appointment" => es ? $"¡Con gusto{name}!" : $"Happy to help with that{name}.",
            "question" => es ? $"Buena pregunta{name}, el equipo se lo confirma." : $"Good question{name}, the team will confirm that for you.",
            "greeting" => es ? $"¡Hola{name}! Gracias por escribir." : $"Hi{name}! Thanks for reaching out.",
            "not_interested" => es ? "Entiendo, gracias por avisar." : "No problem, thanks for letting me know.",
            _ => Noted(reading, es) is { } noted
                ? es ? $"Gracias{name}, anoté {noted}." : $"Thanks{name}, I noted {noted}."
                : es ? $"Gracias por el mensaje{name}." : $"Thanks for the message{name}.",
        };
    }

    /// <summary>Names what was understood, never the lead's own words: a guard of the product may refuse amounts and delicate words.</summary>
    private static string? Noted(LeadReading reading, bool spanish)
    {
        var names = reading.Pairs.Select(pair => pair.Key).Where(Names.ContainsKey).Select(key => spanish ? Names[key].Spanish : Names[key].English).Distinct().Take(2).ToList();
        return names.Count == 0 ? null : string.Join(spanish ? " y " : " and ", names);
    }
}
