using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>Groups of calls that share an API version.</summary>
internal enum GhlGroup
{
    Conversations,
    Contacts,
    Opportunities,
    OAuth,

    /// <summary>The token endpoint takes no version.</summary>
    Unversioned,
}

/// <summary>One call of GHL's API: what to ask and how to read the answer.</summary>
/// <param name="Operation">Name for metrics and logs, e.g. <c>send_message</c>.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, escaped.</param>
/// <param name="Group">Decides the version header.</param>
/// <param name="Read">Reads a 2xx answer; null: it cannot be read, so the outcome is unknown.</param>
internal sealed record GhlCall<T>(string Operation, HttpMethod Method, string Path, GhlGroup Group, Func<JsonElement, T?> Read)
    where T : class
{
    /// <summary>JSON body; null members are left out.</summary>
    public object? Json { get; init; }

    /// <summary>Form body.</summary>
    public IReadOnlyDictionary<string, string>? Form { get; init; }

    /// <summary>Asked just before the body is written; false stops the call with no body sent.</summary>
    public Func<bool>? MayStillWrite { get; init; }
}

/// <summary>The answer holds nothing that is needed.</summary>
internal sealed record Done
{
    public static readonly Done It = new();

    public static Done Read(JsonElement answer) => It;
}
