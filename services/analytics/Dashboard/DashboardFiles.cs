using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace EnterpriseHub.Analytics.Dashboard;

/// <summary>The web app: files of <c>web/</c>, embedded, served as they are. They hold no data, so anyone may load them.</summary>
internal static class DashboardFiles
{
    private const string Prefix = "web/";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, Embedded> All = Read();

    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (HttpContext http) => Serve(http, "index.html")).AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods("/dashboard/{file}", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, string file) => Serve(http, file)).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Serve(HttpContext http, string name)
    {
        if (!All.TryGetValue(name, out var file))
        {
            return TypedResults.NotFound();
        }
        // Always asked again, answered 304: a new version shows at the next load and modules never mix.
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return TypedResults.Bytes(file.Bytes, file.Type, entityTag: file.Tag);
    }

    private static Dictionary<string, Embedded> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
                return new Embedded(bytes, Types[Path.GetExtension(name)], tag);
            },
            StringComparer.Ordinal);
    }

    private sealed record Embedded(byte[] Bytes, string Type, EntityTagHeaderValue Tag);
}
