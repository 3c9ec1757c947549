using static EnterpriseHub.WebhookGateway.DeliverReply.GateVerdict;

namespace EnterpriseHub.WebhookGateway.DeliverReply;

/// <summary>Decides whether a reply may go out now. Pure; what is not known keeps it back.</summary>
internal static class SendGate
{
    private static readonly TimeSpan AfterEarlier = TimeSpan.FromMilliseconds(200);

    /// <summary>A message that was accepted before has no turn yet.</summary>
    public const string EarlierText = "earlier_text";

    /// <summary>GHL must be asked who the contact is.</summary>
    public const string ContactUnknown = "contact_unknown";

    public static GateVerdict Decide(GateFacts facts, GateLimits limits) => facts switch
    {
        { Location: null } => new Hold("location_unknown"),
        { Location.Active: false } => new Suppress("location_inactive"),
        { OptedOut: true } => new Suppress("opt_out"),
        { LaterSent: true } => new Supersede("out_of_order"),
        { NewerInbound: true } => new Supersede("newer_message"),
        { EarlierSuperseded: true } => new Supersede("earlier_superseded"),
        // It was announced again when this reply waited, and may have a turn of its own by now, which would be heard after this one: the next
        // turn answers all of it, in order.
        { WaitedForText: true } => new Supersede(EarlierText),
        { EarlierTextAt: { } accepted } => new Wait(facts.Now + AfterText(facts.Now - accepted), EarlierText, IsTrouble: false),
        _ when facts.TakeoverUntil > facts.Now => new Suppress("takeover"),
        _ when facts.Now - facts.DecidedAt > limits.TooOldAfter => new Hold("too_old"),
        _ when IsUnknown(facts, limits) => Trouble(facts, limits, facts.NoToken ?? ContactUnknown),
        _ when DndBlocks(facts) => new Suppress("dnd"),
        _ when !Activation.Allows(facts.Location.Profile.Activation, facts.Contact!.Tags) => new Suppress("bot_off"),
        { EarlierOpen: true } or { EarlierMissing: true } => new Wait(facts.Now + AfterEarlier, "earlier_reply", IsTrouble: false),
        _ => InItsHours(facts, limits),
    };

    /// <summary>Mostly its announcement is a moment late; where it stays away, thinking over and over would cost.</summary>
    private static TimeSpan AfterText(TimeSpan age) => TimeSpan.FromMilliseconds(Math.Clamp(age.TotalMilliseconds / 4, 300, 5_000));

    private static GateVerdict InItsHours(GateFacts facts, GateLimits limits)
    {
        if (facts.Location!.QuietHours is { } quiet)
        {
            var zone = Zones.Find(facts.Contact!.TimeZone) ?? Zones.Find(facts.Location.Profile.TimeZone);
            if (zone is null)
            {
                return new Hold("time_zone_unknown");
            }
            if (QuietTime.EndOf(quiet, facts.Now, zone) is { } end)
            {
                return new Wait(end, "quiet_hours", IsTrouble: false);
            }
        }
        return facts.NoToken is { } reason ? Trouble(facts, limits, reason) : new Send();
    }

    private static bool IsUnknown(GateFacts facts, GateLimits limits) =>
        facts.Contact is not { Known: true } contact || facts.Now - contact.AsOf > limits.ContactMaxAge;

    private static bool DndBlocks(GateFacts facts) =>
        facts.Contact!.Dnd || facts.Contact.DndChannels.Any(channel => Channels.IsBlockedBy(facts.Channel, channel));

    /// <summary>Waits as long again as it has waited, a second to a minute, then gives up.</summary>
    private static GateVerdict Trouble(GateFacts facts, GateLimits limits, string reason)
    {
        var lasted = facts.Now - (facts.BlockedSince ?? facts.Now);
        return lasted >= limits.HoldAfter ? new Hold(reason) : new Wait(facts.Now + Backoff.After(lasted, 1, 60), reason, IsTrouble: true);
    }
}
