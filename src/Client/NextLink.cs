using System.Text.RegularExpressions;

namespace Monolith.Client;

/// <summary>Reads where the next page is: <c>Link: &lt;/api/v2/users?…&gt;; rel="next"</c>.</summary>
internal static partial class NextLink
{
    /// <summary>The address of the next page; null after the last one.</summary>
    /// <exception cref="InvalidOperationException">The link leads to another host, which must not see the token.</exception>
    public static Uri? Of(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var links) || Next().Match(string.Join(',', links)) is not { Success: true } link)
            return null;
        var here = response.RequestMessage!.RequestUri!;
        var next = new Uri(here, link.Groups[1].Value);
        return next.Authority == here.Authority && next.Scheme == here.Scheme
            ? next
            : throw new InvalidOperationException($"The next page is said to be at {next.GetLeftPart(UriPartial.Authority)}, which is not the deployment.");
    }

    [GeneratedRegex("""<([^>]*)>\s*;\s*rel="next"(?=\s*(?:[,;]|$))""")]
    private static partial Regex Next();
}
