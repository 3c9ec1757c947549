using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnterpriseHub.Platform.Http;

/// <summary>Errors as <c>application/problem+json</c> that say what to do.</summary>
public static class Problem
{
    /// <summary>An answer for an endpoint.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="title">What went wrong, in a few words, the same for every case.</param>
    /// <param name="detail">This case, and what to do about it.</param>
    public static ProblemHttpResult Of(int status, string title, string detail) =>
        TypedResults.Problem(statusCode: status, title: title, detail: detail);

    /// <summary>Writes an answer from a middleware.</summary>
    /// <returns>False, so that a guard can return it.</returns>
    internal static async Task<bool> WriteAsync(HttpContext context, int status, string title, string detail)
    {
        await Of(status, title, detail).ExecuteAsync(context);
        return false;
    }
}
