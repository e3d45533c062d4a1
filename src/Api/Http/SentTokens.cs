using System.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Monolith.Members.Contracts;

namespace Monolith.Api.Http;

/// <summary>The session tokens that a request carries, by the places where they may stand.</summary>
internal sealed class SentTokens(string? sessionQuery, string? accessQuery)
{
    public const string SessionHeader = "Coder-Session-Token";
    private const string AccessName = "access_token";
    private const string Bearer = "Bearer ";

    /// <summary>The token of the query string; it is no longer there.</summary>
    public string? SessionQuery => sessionQuery;

    /// <summary>The first place that holds something wins; a bad token there is not retried with a later one.</summary>
    public (string Token, bool FromCookie)? Find(HttpRequest request)
    {
        if (request.Cookies[SessionCookieNames.Session] is { Length: > 0 } cookie)
            return (cookie, true);
        if (sessionQuery is { Length: > 0 })
            return (sessionQuery, false);
        if (request.Headers[SessionHeader].ToString() is { Length: > 0 } header)
            return (header, false);
        if (BearerOf(request) is { } bearer)
            return (bearer, false);
        return accessQuery?.Trim() is { Length: > 0 } access ? (access, false) : null;
    }

    /// <summary>The token of the Authorization header, or null.</summary>
    public static string? BearerOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && authorization[Bearer.Length..].Trim() is { Length: > 0 } token ? token : null;
    }

    /// <summary>Takes the tokens out of the query string, so that no log line, link, redirect or trace that is made of the address holds one.</summary>
    public static SentTokens TakeFrom(HttpRequest request)
    {
        List<string>? session = null;
        List<string>? access = null;
        List<string> rest = [];
        var query = request.QueryString.Value ?? "";
        foreach (var part in query.TrimStart('?').Split('&'))
        {
            var parsed = Parse(part);
            if (string.Equals(parsed.Name, SessionCookieNames.Session, StringComparison.OrdinalIgnoreCase))
                (session ??= []).Add(parsed.Value);
            else if (string.Equals(parsed.Name, AccessName, StringComparison.OrdinalIgnoreCase))
                (access ??= []).Add(parsed.Value);
            else
                rest.Add(part);
        }

        if (session is null && access is null)
            return new(null, null);
        request.QueryString = rest.Count == 0 ? QueryString.Empty : new QueryString("?" + string.Join('&', rest));
        if (Activity.Current is { } activity && activity.GetTagItem("url.query") is not null)
            activity.SetTag("url.query", request.QueryString.Value);
        return new(Join(session), Join(access));
    }

    private static string? Join(List<string>? values) => values is null ? null : string.Join(',', values.Where(value => value.Length > 0));

    // As the framework reads it, so that both see the same names.
    private static (string Name, string Value) Parse(string part)
    {
        foreach (var pair in new QueryStringEnumerable(part))
            return (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
        return ("", "");
    }
}

/// <summary>First of all: what the rest of the pipeline reads of the address holds no token.</summary>
internal sealed class TokenMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Features.Set(SentTokens.TakeFrom(context.Request));
        return next(context);
    }
}
