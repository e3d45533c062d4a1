using Monolith.Kernel.Results;
using Monolith.Web.Dashboard;
using Monolith.Web.Http;

namespace Monolith.Api.Http;

/// <summary>Tells requests of people apart from those of programs, and answers them with HTML.</summary>
internal static class BrowserRequest
{
    private static readonly string[] Programs = ["/api", "/openapi", "/healthz", "/readyz", "/assets"];

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
    public static Task WritePageAsync(this HttpContext context, Error error) =>
        context.RequestServices.GetRequiredService<IErrorPages>().WriteAsync(context, error);

    /// <summary>The error as JSON for programs, as a page for people.</summary>
    public static Task WriteErrorAsync(this HttpContext context, Error error) =>
        context.Request.WantsPage() ? context.WritePageAsync(error) : ErrorWriter.WriteAsync(context, error);
}

/// <summary>Answers with errors that people read.</summary>
internal interface IErrorPages
{
    /// <summary>Answers the request with the error as a page of its own.</summary>
    Task WriteAsync(HttpContext context, Error error);
}
