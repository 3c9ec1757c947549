namespace EnterpriseHub.Cache.WarmCache;

/// <summary>Cached for a contact's lifetime after it was deleted: an older change that comes late must not bring it back.</summary>
internal sealed record ContactGone(DateTimeOffset At)
{
    public const string Kind = "contact-gone";
}
