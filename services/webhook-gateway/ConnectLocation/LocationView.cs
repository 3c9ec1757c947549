using System.Text.Json.Serialization;
using EnterpriseHub.Contracts.Conversations;

namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>A location as callers see it: the members of the request and what is known besides. Secrets never leave.</summary>
internal sealed record LocationView
{
    /// <summary>GHL location.</summary>
    public required string Id { get; init; }

    /// <summary>Name as leads know it.</summary>
    public required string Name { get; init; }

    /// <summary><c>active</c> or <c>inactive</c>.</summary>
    public required string Status { get; init; }

    /// <summary>IANA time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Quiet time after the last message of a burst, hh:mm:ss.</summary>
    public required TimeSpan SettleWindow { get; init; }

    /// <summary>Hours without messages, HH:mm; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required QuietHoursView? QuietHours { get; init; }

    /// <summary>When the assistant may speak.</summary>
    public required ActivationRules Activation { get; init; }

    /// <summary>How replies sound.</summary>
    public required string Tone { get; init; }

    /// <summary>Most a day for model calls, US dollars.</summary>
    public required decimal DailyBudgetUsd { get; init; }

    /// <summary>Which GHL objects the CRM commands may touch.</summary>
    public required CrmMapping Crm { get; init; }

    /// <summary>True when a static access token is stored.</summary>
    public required bool HasAccessToken { get; init; }

    /// <summary>True when the workflow route is open.</summary>
    public required bool HasWorkflowSecret { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When HighLevel's list was last read to its end for messages whose webhook never came, UTC; null: not yet.</summary>
    public DateTimeOffset? LastPolledAt { get; init; }

    public static LocationView Of(LocationRow row)
    {
        var document = LocationDocument.Read(row.Settings);
        var profile = document.Profile;
        return new LocationView
        {
            Id = row.LocationId,
            Name = profile.Name,
            Status = row.Status,
            TimeZone = profile.TimeZone,
            SettleWindow = profile.SettleWindow,
            QuietHours = document.QuietHours is { } quiet ? new QuietHoursView($"{quiet.From:HH\\:mm}", $"{quiet.To:HH\\:mm}") : null,
            Activation = profile.Activation,
            Tone = profile.Tone,
            DailyBudgetUsd = profile.DailyBudgetUsd,
            Crm = profile.Crm,
            HasAccessToken = row.HasAccessToken == 1,
            HasWorkflowSecret = row.WorkflowSecretHash is not null,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
            LastPolledAt = row.PolledAt is > 0 and { } polled ? DateTimeOffset.FromUnixTimeMilliseconds(polled) : null,
        };
    }
}

/// <summary>Hours without messages.</summary>
/// <param name="From">Start, HH:mm.</param>
/// <param name="To">End, HH:mm.</param>
internal sealed record QuietHoursView(string From, string To);
