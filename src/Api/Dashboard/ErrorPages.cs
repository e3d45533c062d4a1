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
        // A scope renders one page, and the broken one may have begun.
        var services = context.RequestServices;
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            context.Response.Clear();
            PageHeaders.Apply(context.Response);
            if (error.RetryAfter is { } wait)
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            var page = new RazorComponentResult<ErrorDocument>(new { Error = error, Here = context.PageOfRequest() }) { StatusCode = error.Status };
            await context.WriteBelowBaseAsync(() => page.ExecuteAsync(context));
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
