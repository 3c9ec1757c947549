using Microsoft.AspNetCore.Http;

namespace EnterpriseHub.Platform.Security;

/// <summary>Whether a browser says that a request comes from our own pages.</summary>
internal static class SameOrigin
{
    /// <summary>Methods that change nothing need no proof. A socket does: it begins with a GET and then may say anything.</summary>
    public static bool IsSafe(HttpRequest request) => !request.HttpContext.WebSockets.IsWebSocketRequest
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));

    /// <summary>By <c>Sec-Fetch-Site</c>; for browsers without it by <c>Origin</c>; neither is no proof.</summary>
    public static bool IsProven(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site == "same-origin";
        }
        return request.Headers.Origin is [{ } origin]
            && Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && from.Scheme is "http" or "https"
            && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
