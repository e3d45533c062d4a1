using Monolith.Data.Search;

namespace Monolith.Web.Dashboard;

/// <summary>What people type into the search of a page is looked for wherever names are shown: words without a key become the key <c>person</c>, which also looks into full names.</summary>
public static class NameSearch
{
    private const string Key = "person";

    /// <summary>The filter of an address as the query language of the API has it; null stays null.</summary>
    public static string? Of(string? filter)
    {
        var elements = SearchExpression.Elements(filter ?? "").ToList();
        var words = elements.Where(element => !element.AsSpan().ContainsAny(':', '"')).ToList();
        return words.Count == 0 ? filter : string.Join(' ', elements.Where(element => !words.Contains(element)).Append(OfText(string.Join(' ', words))));
    }

    /// <summary>Looks for a text in usernames, e-mail addresses and full names.</summary>
    public static string OfText(string text) => $"{Key}:\"{text.Replace("\"", "", StringComparison.Ordinal)}\"";
}
