using EnterpriseHub.WebhookGateway.GhlApi;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>What came of an attempt to claim a reply.</summary>
internal abstract record Claim
{
    /// <summary>This caller, and no other, may post it now.</summary>
    /// <param name="Reply">The row as claimed.</param>
    /// <param name="Message">What to post.</param>
    /// <param name="Draw">The call it drew from the budget.</param>
    /// <param name="At">Timestamp of the monotonic clock, taken before the claim.</param>
    public sealed record Won(Reply Reply, NewMessage Message, RateDraw Draw, long At) : Claim;

    /// <summary>Only what the mirror knows of the contact is missing or too old; nothing was decided.</summary>
    public sealed record ContactUnknown : Claim
    {
        public static readonly ContactUnknown It = new();
    }

    /// <summary>Not this time: it waits for a time that is in the row, another has it, or it is settled.</summary>
    public sealed record Lost : Claim
    {
        public static readonly Lost It = new();
    }
}
