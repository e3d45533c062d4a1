using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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

/// <summary>Routes to files that pages link to. They stand beside the pages, not below the API, and are no part of its description.</summary>
public interface IPageFiles
{
    /// <summary>Maps them.</summary>
    void AddRoutes(IEndpointRouteBuilder app);
}

/// <summary>Maps files of pages.</summary>
public static class PageFileRoutes
{
    /// <summary>Maps every <see cref="IPageFiles"/> of the modules.</summary>
    public static void MapPageFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("").WithMetadata(PageFile.Mark).ExcludeFromDescription();
        foreach (var slice in app.ServiceProvider.GetServices<IPageFiles>())
            slice.AddRoutes(files);
    }
}
