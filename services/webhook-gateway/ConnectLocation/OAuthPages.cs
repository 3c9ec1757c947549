namespace EnterpriseHub.WebhookGateway.ConnectLocation;

/// <summary>The small pages that a person sees after a consent. Fixed texts only: nothing of a request or a failure is shown.</summary>
internal static class OAuthPages
{
    public static IResult Connected(HttpContext context, int locations) => Page(
        context, StatusCodes.Status200OK, "Connected", locations == 1 ? "One location is connected." : $"{locations} locations are connected.");

    public static IResult Refused(HttpContext context) => Page(
        context, StatusCodes.Status400BadRequest, "Not connected", "The connection was not approved. Start again from the dashboard.");

    public static IResult Another(HttpContext context) => Page(
        context, StatusCodes.Status400BadRequest, "Not connected", "The consent was for another location than the one that your key is for. Choose that one, or ask an admin of all locations.");

    public static IResult Expired(HttpContext context) => Page(
        context, StatusCodes.Status400BadRequest, "Not connected", "This link was used already or is older than ten minutes. Start again from the dashboard.");

    public static IResult Failed(HttpContext context) => Page(
        context, StatusCodes.Status502BadGateway, "Not connected", "HighLevel did not complete the connection. Start again in a minute; if that fails, check the app's client id, secret and redirect address.");

    private static IResult Page(HttpContext context, int status, string title, string text)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        // The address holds the code; it must not travel on.
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return Results.Content(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{text}</p></html>",
            "text/html; charset=utf-8", statusCode: status);
    }
}
