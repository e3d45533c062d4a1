using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Monolith.Web.Dashboard;

/// <summary>The outcome of a form, carried over the redirect to the next page in a short-lived protected cookie.</summary>
public sealed class Flash(IDataProtectionProvider protection)
{
    private const string CookieName = "monolith_flash";
    private const int MaxLength = 500;

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("dashboard flash").ToTimeLimitedDataProtector();

    /// <summary>Keeps a message for the next page.</summary>
    public void Keep(HttpContext context, string message)
    {
        var text = message.Length > MaxLength ? message[..MaxLength] : message;
        context.Response.Cookies.Append(CookieName, _protector.Protect(text, TimeSpan.FromMinutes(2)), Options(context));
    }

    /// <summary>The message of the page before, once; null when there is none.</summary>
    public string? Take(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie)
            return null;
        context.Response.Cookies.Delete(CookieName, Options(context));
        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
    };
}
