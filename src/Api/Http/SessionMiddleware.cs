using System.Security.Cryptography;
using System.Text;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Results;
using Monolith.Members.Contracts;

namespace Monolith.Api.Http;

/// <summary>Finds the token in its five places, asks for the session, and guards cookie writes against forgery.</summary>
internal sealed class SessionMiddleware(RequestDelegate next)
{
    private const string SessionHeader = "Coder-Session-Token";

    private static readonly Error Forged = Error.BadRequest(
        "The CSRF token is missing or wrong.",
        "Send the value of the csrf_token cookie in the X-CSRF-TOKEN header, or authenticate with the Coder-Session-Token header.");

    public async Task InvokeAsync(HttpContext context, CallerContext caller, ISessions sessions)
    {
        if (TokenOf(context.Request) is { } found)
        {
            var organization = context.Request.RouteValues["organization"] as string;
            var session = await sessions.AuthenticateAsync(found.Token, organization, context.RequestAborted);
            caller.Enter(found.Token, session);
            if (found.FromCookie && caller.IsAuthenticated && Writes(context) && !HasCsrfToken(context.Request, found.Token))
            {
                await ErrorWriter.WriteAsync(context, Forged);
                return;
            }
        }

        await next(context);
    }

    /// <summary>The first place that holds something wins; a bad token there is not retried with a later one.</summary>
    private static (string Token, bool FromCookie)? TokenOf(HttpRequest request)
    {
        if (request.Cookies[SessionCookieNames.Session] is { Length: > 0 } cookie)
            return (cookie, true);
        if (request.Query[SessionCookieNames.Session].ToString() is { Length: > 0 } query)
            return (query, false);
        if (request.Headers[SessionHeader].ToString() is { Length: > 0 } header)
            return (header, false);
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && authorization["Bearer ".Length..].Trim() is { Length: > 0 } bearer)
            return (bearer, false);
        return request.Query["access_token"].ToString().Trim() is { Length: > 0 } access ? (access, false) : null;
    }

    private static bool Writes(HttpContext context)
    {
        var request = context.Request;
        return request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
            && request.Path != "/api/v2/users/first" && request.Path != "/api/v2/users/login"
            && context.GetEndpoint()?.Metadata.GetMetadata<ReadsOnlyAttribute>() is null;
    }

    private static bool HasCsrfToken(HttpRequest request, string token) =>
        request.Headers[SessionHeader] == token
        || request.Query[SessionCookieNames.Session] == token
        || (request.Cookies[SessionCookieNames.Csrf] is { Length: > 0 } expected
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(request.Headers["X-CSRF-TOKEN"].ToString())));
}
