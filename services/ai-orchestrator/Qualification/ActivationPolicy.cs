using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>May the assistant speak to a contact with these tags? An off-tag beats everything; AI-Off is one everywhere.</summary>
internal static class ActivationPolicy
{
    public static bool IsOn(IReadOnlyList<string> tags, ActivationRules rules) =>
        !Tags.Has(tags, Tags.AiOff)
        && !Tags.Any(tags, rules.OffTags)
        && (rules.Default.Trim().Equals("on", StringComparison.OrdinalIgnoreCase) || Tags.Any(tags, rules.OnTags));

    /// <summary>The tag that switches the assistant off here, as the location spells it.</summary>
    public static string OffTag(ActivationRules rules) =>
        rules.OffTags.FirstOrDefault(tag => Tags.Normal(tag) == Tags.Normal(Tags.AiOff)) ?? rules.OffTags.FirstOrDefault() ?? Tags.AiOff;
}
