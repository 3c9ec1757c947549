using System.Text.Json;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>A location's settings as they are stored.</summary>
internal sealed record LocationDocument
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required LocationProfile Profile { get; init; }

    public QuietHours? QuietHours { get; init; }

    /// <summary>What a location has that nobody configured.</summary>
    public static LocationDocument Default(string name) => new()
    {
        Profile = new LocationProfile
        {
            Name = name,
            TimeZone = "UTC",
            Tone = "friendly, direct",
            SettleWindow = TimeSpan.FromSeconds(2),
            Activation = new ActivationRules
            {
                Default = "off",
                OnTags = ["needs qualifying", "ai on"],
                OffTags = ["AI-Off", "Qualified", "Stop-Bot", "Seller-Qualified"],
                SellerTags = ["seller-lead"],
                BuyerTags = ["Buyer-Lead"],
            },
            DailyBudgetUsd = 5m,
        },
        QuietHours = new QuietHours(new TimeOnly(21, 0), new TimeOnly(8, 0)),
    };

    public static LocationDocument Read(string stored) => JsonSerializer.Deserialize<LocationDocument>(stored, Json)!;

    public string Write() => JsonSerializer.Serialize(this, Json);
}
