using System.Globalization;
using Microsoft.OpenApi;
using Monolith.Web.Http;

namespace Monolith.Api.Description;

/// <summary>The headers of responses, described once and named where they occur.</summary>
internal static class ApiHeaders
{
    public const string ETag = "ETag";
    public const string Link = "Link";
    public const string Enrichment = "X-Monolith-Enrichment";
    public const string SetCookie = "Set-Cookie";
    public const string Count = ResponseHeaders.Count;

    private static readonly Dictionary<string, (string Description, JsonSchemaType Type)> Known = new()
    {
        ["X-Request-Id"] = ("Names this request in the log and in the audit log. Taken over from the request when it sends one.", JsonSchemaType.String),
        ["X-Coder-Build-Version"] = ("The version of the API that this server speaks, with its own version as build metadata.", JsonSchemaType.String),
        ["RateLimit-Limit"] = ("Requests a minute.", JsonSchemaType.Integer),
        ["RateLimit-Remaining"] = ("How many are left.", JsonSchemaType.Integer),
        ["RateLimit-Reset"] = ("Seconds until there are as many again.", JsonSchemaType.Integer),
        ["X-RateLimit-Limit"] = ("As RateLimit-Limit.", JsonSchemaType.Integer),
        ["X-RateLimit-Remaining"] = ("As RateLimit-Remaining.", JsonSchemaType.Integer),
        ["X-RateLimit-Reset"] = ("As RateLimit-Reset.", JsonSchemaType.Integer),
        ["Retry-After"] = ("Seconds to wait, with 429 and 503.", JsonSchemaType.Integer),
        ["WWW-Authenticate"] = ("With 401 and 403: what was wrong with the token.", JsonSchemaType.String),
        ["X-Coder-Entitlements-Warning"] = ("What is wrong with the licenses, for those who may act on it; one header for each warning.", JsonSchemaType.String),
        [Enrichment] = ("`ai_seat=failed` when the flags of AI seats could not be read and are false.", JsonSchemaType.String),
        [ETag] = ("The version of this representation, for If-None-Match and If-Match.", JsonSchemaType.String),
        [Link] = ("`<…>; rel=\"next\"` while there are more rows.", JsonSchemaType.String),
        [Count] = ("`estimate` when `count` is one, which happens above 10,000 only.", JsonSchemaType.String),
        [SetCookie] = ("The session and its CSRF token, for browsers.", JsonSchemaType.String),
    };

    private static readonly string[] Always =
    [
        "X-Request-Id", "X-Coder-Build-Version",
        "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
        "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
    ];

    private static readonly string[] OfRefusals = ["WWW-Authenticate"];
    private static readonly string[] OfSuccess = ["X-Coder-Entitlements-Warning"];

    public static void Describe(OpenApiDocument document) =>
        document.Components!.Headers = Known.ToDictionary(one => one.Key, one => (IOpenApiHeader)new OpenApiHeader
        {
            Description = one.Value.Description,
            Schema = new OpenApiSchema { Type = one.Value.Type },
        });

    /// <summary>Names the headers of one response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="status">Its status, or <c>default</c>.</param>
    /// <param name="own">What the operation adds to a success.</param>
    /// <param name="document">Where the headers are described.</param>
    public static void Name(OpenApiResponse response, string status, IEnumerable<string> own, OpenApiDocument document)
    {
        var isSuccess = int.TryParse(status, CultureInfo.InvariantCulture, out var code) && code is >= 200 and < 400;
        var names = Always
            .Concat(isSuccess ? OfSuccess.Concat(own) : [])
            .Concat(code is 401 or 403 ? OfRefusals : [])
            .Concat(status is "default" or "429" ? ["Retry-After"] : []);
        response.Headers = names.ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name, document));
    }
}
