using System.Security.Cryptography;
using System.Text;

namespace Monolith.Members.Contracts;

/// <summary>The cookie that scripts read and send back as a header. Its value is bound to the session: an HMAC under the session token, which no script and no other site can read.</summary>
public static class CsrfCookie
{
    /// <summary>Where scripts send the value.</summary>
    public const string Header = "X-CSRF-TOKEN";

    private static readonly byte[] Purpose = "monolith csrf 1"u8.ToArray();

    /// <summary>The value that belongs to a session. Every replica computes the same one; nothing is stored.</summary>
    public static string ValueFor(string sessionToken) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sessionToken), Purpose));

    /// <summary>True when <paramref name="sent"/> is the value of the session.</summary>
    public static bool Matches(string sessionToken, string sent) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ValueFor(sessionToken)), Encoding.UTF8.GetBytes(sent));

    /// <summary>Gives the browser the value of its session.</summary>
    public static void Set(HttpContext context, string sessionToken) =>
        context.Response.Cookies.Append(SessionCookieNames.Csrf, ValueFor(sessionToken), Options(context, httpOnly: false));

    internal static CookieOptions Options(HttpContext context, bool httpOnly) => new()
    {
        Path = "/",
        HttpOnly = httpOnly,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
