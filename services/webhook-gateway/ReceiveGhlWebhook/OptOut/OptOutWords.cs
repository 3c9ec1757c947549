using System.Text.RegularExpressions;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.OptOut;

/// <summary>
/// Whether a text asks us to stop writing, in English or Spanish. Deterministic and by whole words: the seven words of 47 CFR
/// 64.1200(a)(10) always count when they are the message; in a longer text a word counts only as a request about our messages, so that
/// "can I stop by Saturday" and "cancel my 3pm showing" do not. The model may add an opt-out later, never take one back.
/// </summary>
internal static partial class OptOutWords
{
    /// <summary>They count as the whole message.</summary>
    private static readonly HashSet<string> Messages = new(StringComparer.Ordinal)
    {
        "stop", "stop all", "stop it", "stop this", "stop that", "stop messages", "stop texts", "stop sms", "quit", "quit it", "quit all", "end", "end all", "revoke", "i revoke",
        "opt out", "opt me out", "opting out", "stop means stop", "cancel", "cancel all", "cancel me", "unsubscribe", "unsubscribe all", "remove", "remove me", "no more", "no contact", "do not contact", "do not text",
        "do not message", "do not call", "do not disturb", "stop contact", "stop stop", "stop stop stop",
        "parar", "pare", "paren", "para", "alto", "cancelar", "cancela", "cancele", "cancelen", "baja", "de baja", "basta", "basta ya", "detener", "no mas", "no molestar",
        "no molesten", "eliminar", "borrar", "salir",
    };

    /// <summary>They count as a clause of their own: "STOP, I have an agent".</summary>
    private static readonly HashSet<string> Clauses = new(StringComparer.Ordinal)
    {
        "stop", "stop all", "stop it", "unsubscribe", "opt out", "opt me out", "remove me", "pare", "paren", "quit", "quit it", "basta ya", "stop messages", "stop texts", "stop means stop", "opting out",
    };

    /// <summary>They count as a sentence of their own: "I'm done. End."</summary>
    private static readonly HashSet<string> Sentences = new(StringComparer.Ordinal) { "end", "revoke", "cancel", "remove", "alto", "basta", "parar", "cancelar" };

    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "please", "now", "thanks", "thank", "you", "hi", "hello", "hey", "hola", "ok", "okay", "just", "sir", "maam", "sorry", "immediately", "asap", "already", "por", "favor",
        "gracias", "ya", "ahora", "yes", "si", "oh", "omg", "seriously", "right", "away", "today", "bye", "adios", "inmediatamente",
    };

    private static readonly HashSet<string> Starts = new(StringComparer.Ordinal) { "start", "unstop", "iniciar" };

    public static bool IsOptOut(string text)
    {
        if (text.Length == 0)
        {
            return false;
        }
        var sentences = PlainWords.Sentences(text);
        var whole = WithoutFillers(string.Join(' ', sentences.SelectMany(clauses => clauses)));
        return Messages.Contains(whole)
            || sentences.Any(clauses => clauses is [var only] && Sentences.Contains(WithoutFillers(only)))
            || sentences.Any(clauses => clauses.Any(clause => Clauses.Contains(WithoutFillers(clause))))
            || sentences.Any(clauses => OptOutPhrases.IsRequest(string.Join(' ', clauses)));
    }

    /// <summary>The subject of a new mail; that of an answer is ours.</summary>
    public static bool IsSubjectOptOut(string? subject) =>
        subject is { Length: > 0 and < 200 }
        && !subject.TrimStart().StartsWith("re:", StringComparison.OrdinalIgnoreCase)
        && !subject.TrimStart().StartsWith("fw", StringComparison.OrdinalIgnoreCase)
        && IsOptOut(subject);

    /// <summary>START, UNSTOP or INICIAR, alone.</summary>
    public static bool IsOptIn(string text) =>
        text.Length is > 0 and < 40 && PlainWords.Sentences(text) is [[var only]] && Starts.Contains(only);

    private static string WithoutFillers(string words)
    {
        if (words.Length > 60)
        {
            return words;
        }
        var kept = Asking().Replace(words, string.Empty).Split(' ').Where(word => !Fillers.Contains(word)).ToList();
        return kept.Count > 0 ? string.Join(' ', kept) : words;
    }

    /// <summary>"Could you …", "I said …": what follows is the request.</summary>
    [GeneratedRegex(@"^(?:please |hey |hi |ok |just )*(?:(?:can|could|will|would) (?:you|yall)(?: guys| all| people)?|i (?:said|mean|want you to|need you to|would like you to|asked you to|told you to)|you (?:need|have) to|i (?:want|would like|wish) to) ")]
    private static partial Regex Asking();
}
