using Monolith.Members.Contracts;

namespace Monolith.Members.Sessions;

/// <summary>The session cookie, and beside it the CSRF cookie that scripts read and send back as a header.</summary>
internal static class SessionCookies
{
    public static void Set(HttpContext context, string token)
    {
        context.Response.Cookies.Append(SessionCookieNames.Session, token, CsrfCookie.Options(context, httpOnly: true));
        CsrfCookie.Set(context, token);
    }

    public static void Expire(HttpContext context)
    {
        foreach (var (name, httpOnly) in new[] { (SessionCookieNames.Session, true), (SessionCookieNames.Csrf, false) })
        {
            var options = CsrfCookie.Options(context, httpOnly);
            options.Expires = DateTimeOffset.UnixEpoch;
            options.MaxAge = TimeSpan.FromSeconds(-1);
            context.Response.Cookies.Append(name, "", options);
        }
    }
}
