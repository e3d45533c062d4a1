using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Monolith.Web.Http;

namespace Monolith.Api.Dashboard;

/// <summary>The files of <c>wwwroot</c>. They are part of the assembly, so that they are found wherever the host is started from, and are compressed once.</summary>
/// <remarks>The style sheet and the script are written in parts and sent as one file each: a page asks for two files, not for twelve.</remarks>
internal static class SiteAssets
{
    private static readonly FrozenDictionary<string, Asset> Files = Load().ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    /// <summary>The address of a file; it changes with its content, so that browsers may keep it for ever.</summary>
    public static string Url(string name) => $"/assets/{name}?v={Files[name].Version}";

    public static void MapAssets(this IEndpointRouteBuilder app) => app
        .MapGet("/assets/{name}", (string name, string? v, HttpContext context) => Send(name, v, context))
        .WithMetadata(new OpenDocumentAttribute { Unlimited = true })
        .ExcludeFromDescription();

    private static IResult Send(string name, string? version, HttpContext context)
    {
        if (!Files.TryGetValue(name, out var asset))
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = version == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        var compressed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (compressed)
            headers.ContentEncoding = "br";
        return TypedResults.Bytes(
            compressed ? asset.Brotli : asset.Content,
            asset.ContentType,
            entityTag: new($"\"{asset.Version}{(compressed ? "-br" : "")}\""));
    }

    private static IEnumerable<Asset> Load()
    {
        const string prefix = "wwwroot/";
        var assembly = typeof(SiteAssets).Assembly;
        var types = new FileExtensionContentTypeProvider();
        var resources = assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (var parts in resources.GroupBy(resource => resource[prefix.Length..].Split('/')[0]))
        {
            using var memory = new MemoryStream();
            foreach (var resource in parts)
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                stream.CopyTo(memory);
            }

            var content = memory.ToArray();
            var name = parts.Key;
            var type = types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
            yield return new Asset(name, type, content, Compress(content), Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6)));
        }
    }

    private static byte[] Compress(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var brotli = new BrotliStream(memory, CompressionLevel.SmallestSize))
            brotli.Write(content);
        return memory.ToArray();
    }

    private sealed record Asset(string Name, string ContentType, byte[] Content, byte[] Brotli, string Version);
}
