using Microsoft.AspNetCore.Http.Extensions;

namespace Monolith.Web.Dashboard;

/// <summary>Paths of this site, as links carry them.</summary>
public static class LocalPath
{
    /// <summary><paramref name="path"/> when it leads to a page of this site, else <paramref name="fallback"/>. Other hosts, schemes and the API are no pages.</summary>
    public static string Or(string? path, string fallback) => IsPage(path) ? path! : fallback;

    /// <summary>A path with query parameters; null values are left out.</summary>
    public static string With(string path, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in parameters)
            if (value is not null)
                query.Add(name, value);
        return path + query;
    }

    // Two slashes would begin another host once a browser has worked the dots in front of them off.
    private static ReadOnlySpan<char> PathOf(string path) => path.AsSpan()[..(path.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : path.Length)];

    // Browsers read a backslash as a slash, and drop control characters before they look.
    private static bool IsPage(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= 4096
        && !path.Any(c => c is '\\' || char.IsControl(c))
        && !PathOf(path).Contains("//", StringComparison.Ordinal)
        && !path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase);
}
