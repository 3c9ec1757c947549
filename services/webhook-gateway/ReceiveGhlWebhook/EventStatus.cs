using EnterpriseHub.WebhookGateway.ConnectLocation;
using EnterpriseHub.WebhookGateway.ReceiveGhlWebhook.Meaning;

namespace EnterpriseHub.WebhookGateway.ReceiveGhlWebhook;

/// <summary>Words of <c>inbound_event.status</c>, also the answer to the sender.</summary>
internal static class EventStatus
{
    public const string Accepted = "accepted";
    public const string Ignored = "ignored";
    public const string UnknownType = "unknown_type";
    public const string UnknownLocation = "unknown_location";
    public const string InactiveLocation = "inactive_location";

    /// <summary>Rung often enough; a person must look.</summary>
    public const string Parked = "parked";

    /// <summary>An answer only: the row was there already.</summary>
    public const string Duplicate = "duplicate";

    public static string Of(GhlEvent read, LocationSettings? location)
    {
        if (!read.IsKnown)
        {
            return UnknownType;
        }
        if (read.Meanings.Any(meaning => meaning is Installed or Uninstalled))
        {
            return location is null && read.LocationId.Length > 0 && !read.Meanings.OfType<Installed>().Any() ? UnknownLocation : Accepted;
        }
        if (location is null)
        {
            // The install of a whole agency names no location; its locations follow with events of their own.
            return read is { Type: "INSTALL", LocationId.Length: 0 } ? Ignored : UnknownLocation;
        }
        return !location.Active ? InactiveLocation : read.Meanings.Count == 0 ? Ignored : Accepted;
    }
}
