using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Monolith.Api.Http;
using Monolith.Kernel.Results;
using Monolith.Web.Dashboard;

namespace Monolith.Api.Dashboard;

internal sealed class ErrorPages : IErrorPages
{
    public async Task WriteAsync(HttpContext context, Error error)
    {
        // No page has begun, and nothing is broken: the frame can be drawn as on every page.
        if (context.GetEndpoint() is null && error.Kind == ErrorKind.NotFound && context.RequestServices.GetRequiredService<CallerContext>().IsAuthenticated)
        {
            await RenderAsync(context, error, isFramed: true);
            return;
        }

        // A scope renders one page, and the broken one may have begun.
        var services = context.RequestServices;
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await RenderAsync(context, error, isFramed: false);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    private static async Task RenderAsync(HttpContext context, Error error, bool isFramed)
    {
        context.Response.Clear();
        PageHeaders.Apply(context.Response);
        if (error.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var page = new RazorComponentResult<ErrorDocument>(new { Error = error, Here = context.PageOfRequest(), IsFramed = isFramed }) { StatusCode = error.Status };
        await context.WriteBelowBaseAsync(() => page.ExecuteAsync(context));
    }
}
