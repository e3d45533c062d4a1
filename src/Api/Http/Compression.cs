using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Monolith.Api.Http;

/// <summary>
/// Answers of <c>GET</c> go out as Brotli or gzip. Not so the ones that another site made a browser ask for: who can have a page asked for as often as they like, with words of
/// their own in it, could read from its length what else is in it (BREACH). And not the answers of writes, which may show a new key: docs/decisions/0033-compression.md.
/// </summary>
internal static class Compression
{
    private static readonly string[] Types =
        [.. ResponseCompressionDefaults.MimeTypes, "application/x-ndjson", "text/csv", "image/svg+xml", "application/problem+json"];

    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Types;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });

        // The time of the server counts more than the last tenth of the size.
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    public static void UseCompression(this IApplicationBuilder app) => app.UseWhen(context => IsSafe(context.Request), inner => inner.UseResponseCompression());

    // Browsers say it of every request over TLS, and a page cannot change it. Programs do not, and nobody makes them ask.
    private static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"].ToString() is not ("cross-site" or "same-site");
}
