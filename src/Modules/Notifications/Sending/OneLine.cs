using System.Globalization;

namespace Monolith.Notifications.Sending;

/// <summary>Text on one line: what could end a header or turn its writing around is a blank.</summary>
internal static class OneLine
{
    public static string Of(string text, int longest)
    {
        var line = string.Concat(text.Select(c => IsSafe(c) ? c : ' ')).Trim();
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)];
    }

    private static bool IsSafe(char c) => char.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format);
}
