using System.Globalization;

namespace Monolith.Web.Dashboard;

/// <summary>The state of a list as the address holds it: <c>filter</c>, <c>page</c>, <c>sort</c>, <c>dir</c>, <c>size</c>. Anything unreadable counts as absent.</summary>
/// <param name="Filter">The search text, in the grammar of the API; null for none.</param>
/// <param name="Page">From 1.</param>
/// <param name="Sort">A wire name; null for the list's own order.</param>
/// <param name="Descending">The other way round.</param>
/// <param name="Size">Rows a page.</param>
public sealed record ListState(string? Filter, int Page, string? Sort, bool Descending, int Size)
{
    private const int DefaultSize = 25;
    private const int LastPage = 1_000_000;

    /// <summary>The page sizes on offer.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [10, 25, 50, 100];

    /// <summary>Rows before the page.</summary>
    public int Offset => (Page - 1) * Size;

    /// <summary>What a form that changes something else must send along; the page starts over.</summary>
    public IEnumerable<(string Name, string Value)> Kept =>
        Parameters(Filter, Sort, Direction, 1, DefaultSize).Where(one => one.Value is not null).Select(one => (one.Name, one.Value!));

    private string? Direction => Sort is null ? null : Descending ? "desc" : "asc";

    /// <summary>Reads the address.</summary>
    /// <param name="filter">As sent.</param>
    /// <param name="page">As sent.</param>
    /// <param name="sort">As sent.</param>
    /// <param name="dir">As sent.</param>
    /// <param name="size">As sent.</param>
    /// <param name="sorts">The orders that the list knows.</param>
    public static ListState Read(string? filter, string? page, string? sort, string? dir, string? size, params IReadOnlyCollection<string> sorts) => new(
        string.IsNullOrWhiteSpace(filter) ? null : filter.Trim(),
        Number(page) is >= 1 and <= LastPage and var number ? number : 1,
        sorts.FirstOrDefault(known => known == sort),
        dir == "desc",
        Number(size) is { } rows && Sizes.Contains(rows) ? rows : DefaultSize);

    /// <summary>How many pages a number of rows makes; at least 1.</summary>
    public int PagesOf(long count) => (int)Math.Clamp((count + Size - 1) / Size, 1, LastPage);

    /// <summary>The address of the list with something changed. Defaults are left out.</summary>
    public string Url(string path, string? sort = null, string? dir = null, int? page = null) =>
        LocalPath.With(path, Parameters(Filter, sort ?? Sort, sort is null ? Direction : dir, page ?? Page, Size));

    /// <summary>The address with another filter, from its first page.</summary>
    public string UrlWithFilter(string path, string? filter) => LocalPath.With(path, Parameters(filter, Sort, Direction, 1, Size));

    private static IEnumerable<(string Name, string? Value)> Parameters(string? filter, string? sort, string? dir, int page, int size) =>
    [
        ("filter", filter),
        ("sort", sort),
        ("dir", dir),
        ("page", page == 1 ? null : Text(page)),
        ("size", size == DefaultSize ? null : Text(size)),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
