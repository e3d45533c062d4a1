using Monolith.Kernel.Auditing;
using Monolith.Web.Http;

namespace Monolith.Api.Http;

/// <summary>Writes that were refused before a command saw them, by a limit, a missing CSRF token or a wrong media type, leave a trace, too. It names the route, never what stands in its place holders.</summary>
internal static class RefusedWrites
{
    public static void Note(HttpContext context, AuditTrail trail)
    {
        var status = context.Response.StatusCode;
        if (status is < 400 or > 499 || context.GetEndpoint() is not RouteEndpoint endpoint || !context.IsWrite())
            return;
        var route = (endpoint.RoutePattern.RawText ?? "").TrimStart('/');
        trail.NoteRefusal(Action(context.Request.Method), Resource(route), $"{context.Request.Method} /{route}", status);
    }

    private static AuditAction Action(string method) =>
        HttpMethods.IsPost(method) ? AuditAction.Create : HttpMethods.IsDelete(method) ? AuditAction.Delete : AuditAction.Write;

    private static string Resource(string route)
    {
        var rest = $"/{route}".StartsWith($"{ApiRoutes.Prefix}/", StringComparison.OrdinalIgnoreCase) ? route[ApiRoutes.Prefix.Length..] : route;
        return rest.Split('/')[0].TrimEnd('s').Replace('-', '_');
    }
}
