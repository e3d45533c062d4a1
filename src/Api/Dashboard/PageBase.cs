using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Extensions;

namespace Monolith.Api.Dashboard;

/// <summary>
/// Pages write their links as paths of this site, such as <c>/users</c>. Below a path base each of them gets the base when the page is sent,
/// so that no page has to think of it.
/// </summary>
internal static partial class PageBase
{
    /// <summary>Has <paramref name="write"/> write the page, and sends it with its links below the base of the request.</summary>
    public static async Task WriteBelowBaseAsync(this HttpContext context, Func<Task> write)
    {
        var response = context.Response;
        if (!context.Request.PathBase.HasValue || response.Body is WrittenPage)
        {
            await write();
            return;
        }

        var body = response.Body;
        await using var page = new WrittenPage();
        response.Body = page;
        try
        {
            await write();
        }
        finally
        {
            response.Body = body;
        }

        if (page.Length == 0)
            return;
        if (response.ContentType?.StartsWith(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase) == true)
            await response.WriteAsync(Below(page.Text, context.Request), context.RequestAborted);
        else
            await body.WriteAsync(page.Bytes, context.RequestAborted);
    }

    /// <summary>The page with the base of its request in front of each path that it leads to.</summary>
    public static string Below(string page, HttpRequest request)
    {
        // A form that names no action is given the address of the request by the framework, with the base.
        var here = HtmlEncoder.Default.Encode(new Uri(request.GetEncodedUrl()).PathAndQuery);
        var start = HtmlEncoder.Default.Encode(request.PathBase.ToUriComponent());
        return PathOfLink().Replace(page, path => path.Value == here && path.Groups["action"].Success ? path.Value : start + path.Value);
    }

    // In a rendered page a quotation mark is markup: those of texts and values are encoded. Two slashes begin another host.
    [GeneratedRegex("""(?<=\s(?:href|src|formaction|(?<action>action))=")/(?!/)[^"]*""")]
    private static partial Regex PathOfLink();

    private sealed class WrittenPage : MemoryStream
    {
        public ReadOnlyMemory<byte> Bytes => GetBuffer().AsMemory(0, (int)Length);

        public string Text => Encoding.UTF8.GetString(Bytes.Span);
    }
}
