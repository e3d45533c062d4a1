using Monolith.Api.Http.Limits;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;

namespace Monolith.Api.Http;

/// <summary>Guards against other sites that send requests with the browser of somebody: writes by cookie, and writes that need no session at all, such as sign-in.</summary>
internal sealed class ForgeryMiddleware(RequestDelegate next, RequestLimits limits)
{
    private static readonly Error Forged = Error.BadRequest(
        "The CSRF token is missing or wrong.",
        "Send the value of the csrf_token cookie in the X-CSRF-TOKEN header, or authenticate with the Coder-Session-Token header.");

    private static readonly Error CrossSite = new(ErrorKind.Forbidden, "The request comes from another site.", "Open this site's own page and try again.");

    private static readonly Error NotJson = new(ErrorKind.UnsupportedMediaType, "The request body must be JSON.", "Send the header Content-Type: application/json.");

    public async Task InvokeAsync(HttpContext context, CallerContext caller, ISessions sessions)
    {
        if (await RefuseAsync(context, caller, sessions) is { } refusal)
            await context.WriteErrorAsync(refusal);
        else
            await next(context);
    }

    private async ValueTask<Error?> RefuseAsync(HttpContext context, CallerContext caller, ISessions sessions)
    {
        var endpoint = context.GetEndpoint();
        var byCookie = CookieOf(context, caller);
        if (!context.Request.ChangesSomething())
        {
            // Sessions from before the value was bound to them, and browsers that lost it.
            if (byCookie is not null && context.Request.Cookies[SessionCookieNames.Csrf] != CsrfCookie.ValueFor(byCookie))
                CsrfCookie.Set(context, byCookie);
            return null;
        }

        if (!context.IsWrite())
            return null;
        if ((endpoint.IsAnonymous() || endpoint.IsPage()) && IsCrossSite(context.Request))
            return CrossSite;
        if (!context.IsApi())
            return null; // forms carry a field of their own
        if (endpoint.IsAnonymous())
            return IsJson(context.Request) ? null : NotJson;
        return byCookie is null || HasProof(context, byCookie) || await HasBearerOfCallerAsync(context, caller, sessions) ? null : Forged;
    }

    private static string? CookieOf(HttpContext context, CallerContext caller) =>
        caller.IsAuthenticated && context.Features.Get<SentTokens>()!.Find(context.Request) is (var token, true) ? token : null;

    private static bool IsCrossSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "cross-site";

    private static bool IsJson(HttpRequest request) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Another site can send the cookie, but knows neither it nor what is derived from it.</summary>
    private static bool HasProof(HttpContext context, string cookie) =>
        CsrfCookie.Matches(cookie, context.Request.Headers[CsrfCookie.Header].ToString())
        || context.Request.Headers[SentTokens.SessionHeader] == cookie
        || context.Features.Get<SentTokens>()!.SessionQuery == cookie
        || SentTokens.BearerOf(context.Request) == cookie;

    private async Task<bool> HasBearerOfCallerAsync(HttpContext context, CallerContext caller, ISessions sessions)
    {
        var address = context.Connection.RemoteIpAddress;
        if (SentTokens.BearerOf(context.Request) is not { } bearer || limits.BeforeLookUp(address, bearer) is not null)
            return false;
        var session = await sessions.AuthenticateAsync(bearer, null, context.RequestAborted);
        if (session.Subject is null)
            limits.OfAddress(address);
        return session.Subject?.UserId == caller.UserId;
    }
}
