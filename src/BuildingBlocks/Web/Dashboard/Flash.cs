using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Monolith.Web.Dashboard;

/// <summary>What turns the outcome of a form back: a form of one button, which sends <paramref name="Value"/> as its field <c>was</c>.</summary>
/// <param name="Path">Where the form goes.</param>
/// <param name="Form">The name of the form there.</param>
/// <param name="Text">The button.</param>
/// <param name="Value">How things were; at most a few hundred characters, since a cookie carries it.</param>
public sealed record FlashUndo(string Path, string Form, string Text, string Value);

/// <summary>A message of the page before, and what turns back that of which it tells; null when nothing does.</summary>
public sealed record FlashMessage(string Text, FlashUndo? Undo = null);

/// <summary>The outcome of a form, carried over the redirect to the next page in a short-lived protected cookie.</summary>
public sealed class Flash(IDataProtectionProvider protection)
{
    private const string CookieName = "monolith_flash";
    private const int MaxLength = 500;

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("dashboard flash").ToTimeLimitedDataProtector();

    /// <summary>Keeps a message for the next page.</summary>
    public void Keep(HttpContext context, FlashMessage message)
    {
        var kept = message.Text.Length > MaxLength ? message with { Text = message.Text[..MaxLength] } : message;
        context.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(kept), TimeSpan.FromMinutes(2)), Options(context));
    }

    /// <summary>The message of the page before, once; null when there is none.</summary>
    public FlashMessage? Take(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie)
            return null;
        context.Response.Cookies.Delete(CookieName, Options(context));
        try
        {
            return JsonSerializer.Deserialize<FlashMessage>(_protector.Unprotect(cookie));
        }
        catch (Exception failure) when (failure is CryptographicException or JsonException)
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
