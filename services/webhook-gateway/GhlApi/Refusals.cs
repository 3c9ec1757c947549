using System.Net;
using System.Text.Json;

namespace EnterpriseHub.WebhookGateway.GhlApi;

/// <summary>Names of the refusals that callers act on. GHL publishes no list of codes, so the text is read.</summary>
internal static class Refusals
{
    /// <summary>Do-not-disturb or unsubscribed: never send again.</summary>
    public const string Dnd = "dnd";

    /// <summary>The token is another location's or lacks a scope: a person must reconnect.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>GHL does not have the contact (it says 400, not 404).</summary>
    public const string ContactMissing = "contact_missing";

    /// <summary>Names a refusal by status and text; the text goes no further.</summary>
    public static string Name(HttpStatusCode status, JsonElement body)
    {
        var text = GhlJson.Sentence(body, "message") + " " + GhlJson.Sentence(body, "error") + " " + GhlJson.Sentence(body, "error_description");
        bool Says(string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
        return status switch
        {
            HttpStatusCode.Forbidden => Forbidden,
            _ when Says("dnd is active") || Says("has unsubscribed") || Says("is unsubscribed") => Dnd,
            _ when Says("contact not found") => ContactMissing,
            _ when Says("missing phone") || Says("invalid phone") => "no_phone",
            _ when Says("missing email") || Says("invalid email") => "no_email",
            HttpStatusCode.UnprocessableEntity => "invalid_request",
            HttpStatusCode.NotFound => "not_found",
            _ => "refused",
        };
    }
}
