using EnterpriseHub.AiOrchestrator.Qualification;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>A decision and what it was taken on.</summary>
internal sealed record Verdict(Decision Decision, Mode Mode, Language Language, QualificationState Qualification, Temperature Temperature)
{
    /// <summary>The lead asked to stop in words that only the model understood.</summary>
    public bool OptOutRequested => Decision is Decision.StaySilent { Reason: Decide.OptOutRequested };
}

/// <summary>Facts in, decision out; nothing else goes in or out.</summary>
internal static class Decide
{
    public const string OptOutRequested = "opt_out_requested";
    public const string ContactUnknown = "contact_unknown";

    /// <summary>Why the assistant says nothing, as far as it can be told without the contact and the model; null when it may speak.</summary>
    public static string? Silence(Turn turn) =>
        turn.OptedOut ? "opt_out"
        : turn.Unanswered.All(said => said.IsLate) ? "late"
        : turn.TakenOver ? "takeover"
        : null;

    /// <summary>The same, once the contact is known.</summary>
    public static string? Silence(Facts facts)
    {
        var contact = facts.Contact;
        return Silence(facts.Turn) is { } reason ? reason
            : !contact.Known ? null
            : contact.Dnd || contact.DndChannels.Any(channel => channel.Equals(facts.Turn.Channel, StringComparison.OrdinalIgnoreCase)) ? "dnd"
            : !ActivationPolicy.IsOn(contact.Tags, facts.Turn.Profile.Activation) ? "bot_off"
            : null;
    }

    public static Verdict Next(Facts facts)
    {
        var analysis = facts.Analysis;
        var mode = ModePolicy.Of(facts.Contact.Tags, facts.Turn.Profile.Activation, analysis?.Intent, facts.Turn.ModeBefore);
        var language = analysis is { Language: "en" or "es" } ? Languages.Parse(analysis.Language) : facts.Turn.Language;
        var state = analysis is null ? facts.Qualification : facts.Qualification.With(analysis.Facts);
        var temperature = TemperaturePolicy.Of(mode, state);
        return new Verdict(Choose(), mode, language, state, temperature);

        Decision Choose() =>
            Silence(facts) is { } silent ? new Decision.StaySilent(silent)
            : !facts.Contact.Known ? new Decision.Retry(ContactUnknown)
            : analysis is { OptOut: true } or { Intent: "opt_out" } ? new Decision.StaySilent(OptOutRequested)
            : analysis is { NeedsHuman: true } or { Intent: "human_request" } || facts.Draft is { NeedsHuman: true } ? HandOver("needs_human")
            : temperature == Temperature.Hot && TemperaturePolicy.IsComplete(mode, state) ? HandOver("hot_lead")
            : ComposeReply.From(facts, mode, language, state);

        Decision HandOver(string reason) => new Decision.HandOver(ComposeReply.HandOverText(facts, language), reason);
    }
}
