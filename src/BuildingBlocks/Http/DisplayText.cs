using System.Globalization;

namespace Monolith.BuildingBlocks.Http;

/// <summary>Text that people read on one line, such as a name.</summary>
public static class DisplayText
{
    /// <summary>What is wrong with text that is not <see cref="IsPlain"/>.</summary>
    public const string Rule = "Must not hold control characters, line ends, or characters that turn the direction of text.";

    /// <summary>True unless the text holds a control character, a line end, a bidirectional embedding, override or isolate, or half a surrogate pair.</summary>
    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (IsForbidden(text[i]))
                return false;
        }

        return true;
    }

    /// <summary>The length in Unicode code points.</summary>
    public static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }

    private static bool IsForbidden(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
        || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
