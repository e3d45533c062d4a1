using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Json;

namespace Monolith.Web.Http;

/// <summary>Tells how far a long request is: a JSON object a line, for whoever accepts <c>application/x-ndjson</c>.</summary>
public static class ProgressLines
{
    private const string Type = "application/x-ndjson";

    /// <summary>Whether the client wants lines; else it gets one answer at the end.</summary>
    public static bool AreWanted(HttpRequest request) =>
        request.Headers.Accept.Any(value => value?.Contains(Type, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Writes a line; the first one begins the answer. It is sent with the next flush.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T line)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = Type;
        await JsonSerializer.SerializeAsync(context.Response.BodyWriter, line, WireJson.Options, context.RequestAborted);
        await context.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
    }
}
