using System.ComponentModel.DataAnnotations;
using EnterpriseHub.Platform.Hosting;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>How GHL's API is reached, and our OAuth app there; section <c>Ghl</c>.</summary>
internal sealed class GhlOptions
{
    /// <summary>Base of the API: an absolute URL, or a path of this process that starts with <c>/</c>.</summary>
    /// <value>Default <c>https://services.leadconnectorhq.com</c>.</value>
    [Required]
    public string BaseUrl { get; init; } = "https://services.leadconnectorhq.com";

    /// <summary>Base that stands in while <see cref="ClientId"/> is empty: standalone's simulator.</summary>
    /// <value>No default; standalone sets <c>/sim/ghl</c>. Empty it to use static tokens without an app.</value>
    public string? BaseUrlWithoutApp { get; init; }

    /// <summary>The base that counts.</summary>
    public string Address => string.IsNullOrWhiteSpace(ClientId) && BaseUrlWithoutApp is { Length: > 0 } simulated ? simulated : BaseUrl;

    /// <summary>Page on which an agency chooses the locations to connect.</summary>
    /// <value>Default <c>https://marketplace.gohighlevel.com/v2/oauth/chooselocation</c>; white label: <c>marketplace.leadconnectorhq.com</c>.</value>
    [Required]
    public string AuthorizeUrl { get; init; } = "https://marketplace.gohighlevel.com/v2/oauth/chooselocation";

    /// <summary>Client id of the marketplace app.</summary>
    /// <value>No default; without it <c>/oauth/start</c> answers 409 and only static tokens work.</value>
    public string? ClientId { get; init; }

    /// <summary>Client secret of the marketplace app.</summary>
    /// <value>No default.</value>
    public string? ClientSecret { get; init; }

    /// <summary>Public address of <c>/oauth/callback</c>, as registered with the app; GHL refuses one that holds its brand.</summary>
    /// <value>No default.</value>
    public string? RedirectUrl { get; init; }

    /// <summary>Scopes to ask for, separated by spaces.</summary>
    /// <value>Default: what the product uses, see the source.</value>
    [Required]
    public string Scopes { get; init; } =
        "conversations.readonly conversations.write conversations/message.readonly conversations/message.write "
        + "contacts.readonly contacts.write opportunities.readonly opportunities.write workflows.readonly "
        + "locations.readonly locations/customFields.readonly locations/tags.readonly users.readonly "
        + "calendars.readonly calendars/events.readonly calendars/events.write oauth.readonly oauth.write";

    /// <summary>Value of the <c>Version</c> header by group of calls.</summary>
    public GhlVersions Versions { get; init; } = new();

    /// <summary>Longest wait for a connection.</summary>
    /// <value>Default 3 s; 0.1 s to 1 min.</value>
    [TimeRange("00:00:00.1", "00:01:00", ErrorMessage = "Ghl:ConnectTimeout must be 00:00:00.1 to 00:01:00.")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest wait for a whole answer, connection included.</summary>
    /// <value>Default 15 s; 0.1 s to 1 min.</value>
    [TimeRange("00:00:00.1", "00:01:00", ErrorMessage = "Ghl:AnswerTimeout must be 00:00:00.1 to 00:01:00.")]
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Calls a window and location may make until GHL's headers say otherwise.</summary>
    /// <value>Default 100; a trial account has 25.</value>
    [Range(1, 100_000, ErrorMessage = "Ghl:RateLimit must be 1 to 100000.")]
    public int RateLimit { get; init; } = 100;

    /// <summary>Length of that window.</summary>
    /// <value>Default 10 s; 1 s to 1 h.</value>
    [TimeRange("00:00:01", "01:00:00", ErrorMessage = "Ghl:RateWindow must be 00:00:01 to 01:00:00.")]
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls a day and location may make until GHL's headers say otherwise.</summary>
    /// <value>Default 200 000.</value>
    [Range(1, 100_000_000, ErrorMessage = "Ghl:DailyLimit must be 1 to 100000000.")]
    public int DailyLimit { get; init; } = 200_000;

    /// <summary>Calls of each window that only replies may use.</summary>
    /// <value>Default 20; less than <see cref="RateLimit"/>.</value>
    [Range(0, 100_000, ErrorMessage = "Ghl:ReserveForReplies must be 0 to 100000.")]
    public int ReserveForReplies { get; init; } = 20;
}

/// <summary>API version by group of calls; section <c>Ghl:Versions</c>. Dates are pinned: GHL's newer versions rename fields.</summary>
internal sealed class GhlVersions
{
    /// <summary>Messages and conversations.</summary>
    /// <value>Default <c>2021-04-15</c>.</value>
    [Required]
    public string Conversations { get; init; } = "2021-04-15";

    /// <summary>Contacts, their tags and workflows.</summary>
    /// <value>Default <c>2021-07-28</c>.</value>
    [Required]
    public string Contacts { get; init; } = "2021-07-28";

    /// <summary>Opportunities.</summary>
    /// <value>Default <c>2021-07-28</c>.</value>
    [Required]
    public string Opportunities { get; init; } = "2021-07-28";

    /// <summary>Installed locations and location tokens.</summary>
    /// <value>Default <c>2021-07-28</c>.</value>
    [Required]
    public string OAuth { get; init; } = "2021-07-28";

    /// <summary>The header's value for a group.</summary>
    public string Of(GhlGroup group) => group switch
    {
        GhlGroup.Conversations => Conversations,
        GhlGroup.Opportunities => Opportunities,
        GhlGroup.OAuth => OAuth,
        _ => Contacts,
    };
}
