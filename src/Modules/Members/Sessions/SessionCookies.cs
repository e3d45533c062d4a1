using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Monolith.Members.Sessions;

/// <summary>The session cookie, and beside it the CSRF cookie that scripts read and send back as a header.</summary>
internal static class SessionCookies
{
    public const string Session = "coder_session_token";
    public const string Csrf = "csrf_token";

    public static void Set(HttpContext context, string token)
    {
        context.Response.Cookies.Append(Session, token, Options(context, httpOnly: true));
        context.Response.Cookies.Append(Csrf, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), Options(context, httpOnly: false));
    }

    public static void Expire(HttpContext context)
    {
        foreach (var (name, httpOnly) in new[] { (Session, true), (Csrf, false) })
        {
            var options = Options(context, httpOnly);
            options.Expires = DateTimeOffset.UnixEpoch;
            options.MaxAge = TimeSpan.FromSeconds(-1);
            context.Response.Cookies.Append(name, "", options);
        }
    }

    private static CookieOptions Options(HttpContext context, bool httpOnly) => new()
    {
        Path = "/",
        HttpOnly = httpOnly,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
