using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.Contracts.Caching;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Scoring;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>Everything that a decision may rest on.</summary>
internal sealed record Facts
{
    public required Turn Turn { get; init; }

    /// <summary>Tags and do-not-disturb; <see cref="ContactSnapshot.Known"/> false: nothing may be sent.</summary>
    public required ContactSnapshot Contact { get; init; }

    /// <summary>What was known of the lead before these messages.</summary>
    public QualificationState Qualification { get; init; } = QualificationState.Unknown;

    /// <summary>Null when the model was not asked.</summary>
    public Analysis? Analysis { get; init; }

    /// <summary>Null when the model was not asked.</summary>
    public Draft? Draft { get; init; }

    public MarketContext? Market { get; init; }

    public LeadScored? Score { get; init; }

    /// <summary>Why the model was not asked, in snake_case; null when it was.</summary>
    public string? WithoutModel { get; init; }
}
