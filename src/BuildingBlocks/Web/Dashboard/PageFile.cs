using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Monolith.Web.Dashboard;

/// <summary>Marks a file that a page links to, such as its list as CSV. Its address is one segment below that page.</summary>
/// <remarks>A browser gets failures as pages that lead back to the list, and strangers are sent to sign-in; programs get the errors of the API.</remarks>
public sealed class PageFile
{
    private PageFile()
    {
    }

    /// <summary>The mark.</summary>
    public static PageFile Mark { get; } = new();

    /// <summary>The page that links to the file of the request, with its filter.</summary>
    public static string PageOf(HttpRequest request)
    {
        var path = request.Path.Value!;
        return path[..path.LastIndexOf('/')] + request.QueryString;
    }
}

/// <summary>Marks endpoints.</summary>
public static class PageFileEndpoints
{
    /// <summary>The endpoint answers a link of a page; see <see cref="PageFile"/>. It is no part of the API's description.</summary>
    public static RouteHandlerBuilder AsPageFile(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(PageFile.Mark).ExcludeFromDescription();
}
