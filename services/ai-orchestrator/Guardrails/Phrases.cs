using EnterpriseHub.AiOrchestrator.Qualification;

namespace EnterpriseHub.AiOrchestrator.Guardrails;

/// <summary>The texts that need no model.</summary>
internal static class Phrases
{
    public static string Acknowledge(Language language) =>
        language == Language.Spanish ? "Gracias, eso me ayuda." : "Thanks, that helps.";

    public static string Greet(Language language, string? firstName)
    {
        // A name comes from a form that anyone may fill in.
        var name = firstName?.Trim() is { Length: > 0 and <= 30 } given && given.All(letter => char.IsLetter(letter) || letter is ' ' or '-' or '\'')
            ? $" {given}"
            : "";
        return language == Language.Spanish ? $"Gracias por su mensaje{name}." : $"Thanks for your message{name}.";
    }

    public static string HandOver(Language language) => language == Language.Spanish
        ? "Gracias. Un miembro de nuestro equipo se pondrá en contacto con usted muy pronto."
        : "Thanks. A member of our team will get back to you shortly.";

    public static string Noted(Language language) => language == Language.Spanish
        ? "Gracias por su mensaje. Tomo nota y seguimos en contacto."
        : "Thanks for your message. I have noted it and we will be in touch.";
}
