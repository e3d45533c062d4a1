using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Text;

namespace Monolith.Web.Dashboard;

/// <summary>The time zone of whoever looks at the page: what they chose on their account page, else what their browser told, else UTC.</summary>
public static class ViewerZone
{
    /// <summary>The cookie with what the browser told.</summary>
    public const string ToldCookie = "zone";

    /// <summary>The cookie with what the reader chose.</summary>
    public const string ChosenCookie = "zone_choice";

    private static readonly AsyncLocal<TimeZoneInfo?> Zone = new();

    /// <summary>The zone of the request that is served.</summary>
    public static TimeZoneInfo Current => Zone.Value ?? TimeZoneInfo.Utc;

    /// <summary>Holds for everything that the caller awaits from here on.</summary>
    public static void Use(HttpRequest request) => Zone.Value = Find(request, ChosenCookie) ?? Find(request, ToldCookie);

    private static TimeZoneInfo? Find(HttpRequest request, string cookie) => request.Cookies[cookie] is { Length: > 0 } name ? IanaZone.Find(name) : null;
}
