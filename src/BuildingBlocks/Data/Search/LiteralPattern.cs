namespace Monolith.Data.Search;

/// <summary>Patterns for <c>like</c>, with the backslash that escapes there anyway, that mean their text and nothing else.</summary>
public static class LiteralPattern
{
    /// <summary>Part of a text; wildcards in it are letters like others.</summary>
    public static string Containing(string text) => $"%{Escape(text)}%";

    private static string Escape(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);
}
