using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.AiOrchestrator.Qualification;

/// <summary>Which questions a lead is asked.</summary>
internal enum Mode
{
    Lead,
    Seller,
    Buyer,
}

internal static class Modes
{
    public static string Code(this Mode mode) => mode.ToString().ToLowerInvariant();

    public static Mode? Parse(string? code) => Enum.TryParse<Mode>(code, ignoreCase: true, out var mode) ? mode : null;
}

/// <summary>Seller, buyer or lead: a buyer tag beats a seller tag, tags beat what the message says, that beats what was before.</summary>
internal static class ModePolicy
{
    public static Mode Of(IReadOnlyList<string> tags, ActivationRules rules, string? intent, Mode? before) =>
        Tags.Any(tags, rules.BuyerTags) ? Mode.Buyer
        : Tags.Any(tags, rules.SellerTags) ? Mode.Seller
        : intent switch
        {
            "sell" => Mode.Seller,
            "buy" => Mode.Buyer,
            _ => before ?? Mode.Lead,
        };
}
