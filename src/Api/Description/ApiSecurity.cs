using Microsoft.OpenApi;
using Monolith.Api.Http;

namespace Monolith.Api.Description;

/// <summary>The places where a token may stand (members specification 5.1); the first one that holds something counts.</summary>
internal static class ApiSecurity
{
    private static readonly (string Name, OpenApiSecurityScheme Scheme)[] Places =
    [
        ("SessionHeader", Key(ParameterLocation.Header, SentTokens.SessionHeader, "A session token or a named token.")),
        ("Bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The same token as `Authorization: Bearer`." }),
        ("SessionCookie", Key(ParameterLocation.Cookie, Members.Contracts.SessionCookieNames.Session, "The cookie of the dashboard. What writes needs the header `X-CSRF-TOKEN` with the value of the cookie `csrf_token`.")),
        ("SessionQuery", Key(ParameterLocation.Query, Members.Contracts.SessionCookieNames.Session, "For links that cannot send a header.")),
        ("AccessToken", Key(ParameterLocation.Query, "access_token", "For links that cannot send a header.")),
    ];

    public static void Describe(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = Places.ToDictionary(place => place.Name, place => (IOpenApiSecurityScheme)place.Scheme);
        document.Security = [.. Places.Select(place => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(place.Name, document)] = [] })];
    }

    private static OpenApiSecurityScheme Key(ParameterLocation place, string name, string description) =>
        new() { Type = SecuritySchemeType.ApiKey, In = place, Name = name, Description = description };
}
