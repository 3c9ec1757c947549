using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Whether the assistant may speak to a contact, by its tags. Anything but <c>on</c> as default is off.</summary>
internal static class Activation
{
    public static bool Allows(ActivationRules rules, IReadOnlyList<string> tags) =>
        !Has(tags, rules.OffTags) && (string.Equals(rules.Default, "on", StringComparison.OrdinalIgnoreCase) || Has(tags, rules.OnTags));

    private static bool Has(IReadOnlyList<string> tags, IReadOnlyList<string> wanted) =>
        wanted.Any(want => tags.Any(tag => string.Equals(tag.Trim(), want.Trim(), StringComparison.OrdinalIgnoreCase)));
}
