using System.Text.Json;
using EnterpriseHub.Contracts.Contacts;

namespace EnterpriseHub.WebhookGateway.MirrorContacts;

/// <summary>What the mirror holds of a contact; times are Unix milliseconds of the store's clock.</summary>
internal sealed record MirrorRow
{
    public string? Snapshot { get; init; }

    public long AsOf { get; init; }

    public long OptedOutAt { get; init; }

    public long TakeoverUntil { get; init; }

    /// <summary>The store's clock at the read.</summary>
    public long Now { get; init; }

    /// <summary>The contact as it was at <see cref="AsOf"/>; null when GHL was never asked.</summary>
    public ContactSnapshot? Contact => Snapshot is null || AsOf == 0
        ? null
        : JsonSerializer.Deserialize<ContactSnapshot>(Snapshot, Json) is { } contact
            ? contact with { AsOf = DateTimeOffset.FromUnixTimeMilliseconds(AsOf) }
            : null;

    public bool IsFresh(TimeSpan age) => AsOf > 0 && Now - AsOf <= (long)age.TotalMilliseconds && Contact is { Known: true };

    public static string Write(ContactSnapshot contact) => JsonSerializer.Serialize(contact, Json);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}
