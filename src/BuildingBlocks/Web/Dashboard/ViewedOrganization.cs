using Microsoft.AspNetCore.Http;

namespace Monolith.Web.Dashboard;

/// <summary>Which organization the navigation shows: that of the address, else the one that was looked at last in this browser, else the default one.</summary>
public static class ViewedOrganization
{
    private const string Cookie = "organization";
    private const string Default = "default";

    /// <summary>How the request names it; a name that is nothing's any more is possible.</summary>
    public static string Of(HttpContext context) =>
        context.Request.RouteValues["organization"] as string ?? (context.Request.Cookies[Cookie] is { Length: > 0 and <= 64 } name ? name : Default);

    /// <summary>Remembers it for pages that are about none.</summary>
    public static void Remember(HttpContext context, string name)
    {
        if (context.Request.Cookies[Cookie] != name && !context.Response.HasStarted)
            context.Response.Cookies.Append(Cookie, name, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Path = "/", IsEssential = true });
    }
}
