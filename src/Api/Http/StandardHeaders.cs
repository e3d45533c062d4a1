using System.Net;
using Monolith.Api.Deployment;

namespace Monolith.Api.Http;

/// <summary>The headers that every answer has. Written when it starts, so that an error cannot lose them.</summary>
internal static class StandardHeaders
{
    private const string OneYear = "max-age=31536000";

    public static void Write(HttpContext context, ApiVersion version)
    {
        var headers = context.Response.Headers;
        headers[RequestIds.Header] = context.TraceIdentifier;
        headers["X-Coder-Build-Version"] = version.Text;
        headers.XContentTypeOptions = "nosniff";

        // Nearly everything holds an e-mail, a token or a license, so nothing is kept but what is the same for everybody.
        if (!context.GetEndpoint().IsOpenDocument() && !headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase))
            headers.CacheControl = "no-store";
        if (context.Request.IsHttps && !IsLoopback(context.Request.Host.Host))
            headers.StrictTransportSecurity = OneYear;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
