namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>Tags compare without case and without surplus spaces.</summary>
internal static class Tags
{
    public const string NeedsQualifying = "Needs Qualifying";
    public const string HumanFollowUp = "Human-Follow-Up-Needed";
    public const string AiOff = "AI-Off";

    public static string Normal(string tag) =>
        string.Join(' ', tag.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    public static bool Any(IReadOnlyList<string> tags, IReadOnlyList<string> wanted) =>
        wanted.Any(tag => Has(tags, tag));

    public static bool Has(IReadOnlyList<string> tags, string wanted) =>
        tags.Any(tag => Normal(tag) == Normal(wanted));
}
