using System.Text.Json;

namespace EnterpriseHub.Simulator.Ghl.State;

/// <summary>A contact of one location.</summary>
internal sealed class SimContact
{
    public required string Id { get; init; }

    public required string LocationId { get; init; }

    public required string ConversationId { get; init; }

    public required DateTimeOffset DateAdded { get; init; }

    public DateTimeOffset DateUpdated { get; set; }

    /// <summary>Plain text fields by their GHL name: firstName, lastName, phone, email, timezone, …</summary>
    public Dictionary<string, string> Fields { get; } = [];

    /// <summary>Lower case, as GHL stores them.</summary>
    public List<string> Tags { get; } = [];

    public bool Dnd { get; set; }

    /// <summary>By channel: SMS, Email, Call, WhatsApp, GMB, FB.</summary>
    public Dictionary<string, DndSetting> DndSettings { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, JsonElement> CustomFields { get; } = [];

    public string? Field(string name) => Fields.GetValueOrDefault(name);

    public bool Blocks(string channel) => Dnd || (DndSettings.TryGetValue(channel, out var setting) && setting.Status is "active" or "permanent");
}

/// <summary>Do-not-disturb of one channel; status is active, inactive or permanent.</summary>
internal sealed record DndSetting(string Status, string? Message, string? Code);
