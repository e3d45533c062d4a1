using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Monolith.Web.Http;

/// <summary>The <c>If-None-Match</c> condition of a read (RFC 9110, 13.1.2).</summary>
public static class IfNoneMatch
{
    /// <summary>True when the client holds what would be answered: the request reads, and names the tag that its handler noted. Weak tags match too.</summary>
    public static bool Holds(HttpContext context)
    {
        var request = context.Request;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Headers.IfNoneMatch is { Count: > 0 } known
            && context.RequestServices.GetRequiredService<ResponseHeaders>().Headers.TryGetValue("ETag", out var tag)
            && known.ToString().Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || one == tag || one == $"W/{tag}");
    }
}
