using System.Text.RegularExpressions;

namespace Monolith.Api.Hosting.Logging;

/// <summary>Finds what no log may hold: session tokens and licenses by their shape, and the query of a request line, which may hold anything.</summary>
internal static partial class SecretFilter
{
    private const string Mark = "[removed]";

    /// <summary>Text as a log may hold it; the same object when there was nothing to remove.</summary>
    public static string Clean(string text, bool holdsRequestLines)
    {
        text = Token().Replace(text, Mark);
        text = License().Replace(text, Mark);
        return holdsRequestLines ? Query().Replace(text, "?" + Mark) : text;
    }

    [GeneratedRegex("(?<![A-Za-z0-9])[A-Za-z0-9]{10}-[A-Za-z0-9]{22}(?![A-Za-z0-9])")]
    private static partial Regex Token();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?")]
    private static partial Regex License();

    [GeneratedRegex(@"\?[^\s""'<>]+")]
    private static partial Regex Query();
}
