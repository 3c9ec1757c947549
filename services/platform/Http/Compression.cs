using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.Platform.Http;

/// <summary>
/// Brotli or gzip for bodies over 500 bytes. The framework's middleware knows no threshold, so small bodies are held back until
/// their length is known; a body with a small Content-Length is then sent as it is.
/// </summary>
internal static class Compression
{
    /// <summary>Up to this many bytes a compressed body is hardly smaller, and two ends work for nothing.</summary>
    public const int Threshold = 500;

    public static void AddSmallBodyAwareCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            // Safe here (BREACH): no page holds a secret beside text that a stranger chose, and cookies are SameSite=Strict.
            compression.EnableForHttps = true;
            compression.MimeTypes = ResponseCompressionDefaults.MimeTypes.Concat(["application/problem+json", "image/svg+xml", "application/manifest+json"]);
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, LargeBodiesOnly>();
    }

    public static void UseHeldBodies(this IApplicationBuilder app) => app.Use(HoldAsync);

    private static async Task HoldAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.AcceptEncoding.Count == 0)
        {
            await next(context);
            return;
        }
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var held = new HeldBody(original.Stream, context.Response);
        var feature = new StreamResponseBodyFeature(held, original);
        context.Features.Set<IHttpResponseBodyFeature>(feature);
        try
        {
            await next(context);
            await feature.CompleteAsync();
            await held.ReleaseAsync(isWhole: true, context.RequestAborted);
        }
        finally
        {
            context.Features.Set(original);
        }
    }

    private sealed class LargeBodiesOnly(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            context.Response.ContentLength is not <= Threshold && !EventStream.Is(context.Response) && !IsFailure(context)
            && base.ShouldCompressResponse(context);

        /// <summary>What the exception handler answers is small and not held.</summary>
        private static bool IsFailure(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>() is not null;
    }
}
