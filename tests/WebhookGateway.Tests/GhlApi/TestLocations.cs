using System.Collections.Concurrent;
using EnterpriseHub.Contracts.Conversations;
using EnterpriseHub.WebhookGateway.ConnectLocation;

namespace EnterpriseHub.WebhookGateway.Tests.GhlApi;

/// <summary>One location that a test can change at will.</summary>
internal sealed class TestLocations : ILocations
{
    public const string Id = "loc1";

    public ConcurrentDictionary<string, LocationSettings> All { get; } = new() { [Id] = Make() };

    /// <summary>Static token; null leaves OAuth's pair.</summary>
    public string? Token { get; set; } = "pit-1";

    public void Change(Func<LocationSettings, LocationSettings> change) => All[Id] = change(All[Id]);

    public ValueTask<LocationSettings?> FindAsync(string locationId, CancellationToken cancellation) => new(All.GetValueOrDefault(locationId));

    public ValueTask<string?> AccessTokenAsync(string locationId, CancellationToken cancellation) => new(Token);

    public static LocationSettings Make(QuietHours? quiet = null) => new(
        Id,
        new LocationProfile
        {
            Name = "Alta Loma",
            TimeZone = "America/Los_Angeles",
            Tone = "friendly",
            SettleWindow = TimeSpan.Zero,
            Activation = new() { Default = "on", OnTags = [], OffTags = ["AI-Off"], SellerTags = [], BuyerTags = [] },
            DailyBudgetUsd = 5,
        },
        quiet,
        Active: true);
}
