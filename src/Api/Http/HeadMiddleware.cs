namespace Monolith.Api.Http;

/// <summary>HEAD is answered as GET is, on every route: the same status and headers (RFC 9110, 9.3.2). The HTTP server remembers what was asked for, and sends no body.</summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    }
}
