using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Monolith.Kernel.Results;
using Monolith.Web.Dashboard;
using Monolith.Web.Http;

namespace Monolith.Api.Dashboard;

/// <summary>Tells requests of people apart from those of programs, and answers them with HTML.</summary>
internal static class BrowserRequest
{
    private static readonly string[] Programs = ["/api", "/openapi", "/docs", "/healthz", "/readyz", "/assets"];

    /// <summary>True for a browser that asks for a page: outside the API, and it reads HTML.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        !Array.Exists(Programs, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page that the request belongs to: where to go again. A form is not sent again, and a file belongs to the page that links to it.</summary>
    public static string PageOfRequest(this HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PageFile>() is not null)
            return PageFile.PageOf(context.Request);
        var asks = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return asks ? context.Request.Path + context.Request.QueryString : context.Request.Path.Value!;
    }

    /// <summary>The error as a page of its own.</summary>
    public static async Task WritePageAsync(this HttpContext context, Error error)
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

    /// <summary>The error as JSON for programs, as a page for people.</summary>
    public static Task WriteErrorAsync(this HttpContext context, Error error) =>
        context.Request.WantsPage() ? context.WritePageAsync(error) : ErrorWriter.WriteAsync(context, error);
}
