using System.Globalization;
using System.Text;

namespace Monolith.Client;

/// <summary>Which rows of a list, and in which order.</summary>
public sealed record ListQuery
{
    /// <summary>What to look for, such as <c>status:active ann</c>; null for everything.</summary>
    public string? Search { get; init; }

    /// <summary>
    /// What to order by, as the list calls it: <c>username</c>, <c>last_seen</c>, <c>status</c> and <c>ai_seat</c> for users and members, <c>username</c>,
    /// <c>last_used</c> and <c>first_used</c> for seats; null for the username.
    /// </summary>
    public string? OrderBy { get; init; }

    /// <summary>The other way around.</summary>
    public bool Descending { get; init; }

    /// <summary>How many rows to ask for at once. It does not change which rows come.</summary>
    public int PageSize { get; init; } = 100;

    // Counting all rows for every page would cost more than reading the page.
    internal Uri At(string path)
    {
        var query = new StringBuilder(path).Append(CultureInfo.InvariantCulture, $"?count=false&limit={PageSize}");
        if (!string.IsNullOrEmpty(Search))
            query.Append("&q=").Append(Uri.EscapeDataString(Search));
        if (OrderBy is not null)
            query.Append("&sort=").Append(Uri.EscapeDataString(OrderBy));
        if (Descending)
            query.Append("&dir=desc");
        return new Uri(query.ToString(), UriKind.Relative);
    }
}
