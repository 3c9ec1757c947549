namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>Who draws from a location's budget.</summary>
internal enum DrawFor
{
    /// <summary>A reply to a lead: may use all of the window.</summary>
    Reply,

    /// <summary>Everything else: leaves the replies' reserve alone.</summary>
    Other,

    /// <summary>Reading what nobody waits for: leaves half of the window alone besides.</summary>
    Review,
}

/// <summary>Answer of the budget.</summary>
/// <param name="Wait">Zero: go. Otherwise when to ask again.</param>
/// <param name="Used">Calls of this window, this one included.</param>
/// <param name="Limit">Calls a window.</param>
/// <param name="WindowMs">Length of the window.</param>
/// <param name="DayRemaining">Calls left today by our count.</param>
internal sealed record RateDraw(TimeSpan Wait, long Used, long Limit, long WindowMs, long DayRemaining)
{
    public bool Granted => Wait == TimeSpan.Zero;
}
