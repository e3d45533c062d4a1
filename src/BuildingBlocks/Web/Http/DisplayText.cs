using System.Globalization;
using FluentValidation;

namespace Monolith.Web.Http;

/// <summary>Text that people give a thing to be read by others: one line that shows what it holds (contract 7.1).</summary>
public static class DisplayText
{
    /// <summary>What to answer about text that <see cref="IsPlain"/> refuses.</summary>
    public const string Complaint = "Must not hold control characters, line ends or characters that change the direction of writing.";

    /// <summary>What to answer about text that <see cref="IsPlainLines"/> refuses.</summary>
    public const string LinesComplaint = "Must not hold control characters or characters that change the direction of writing.";

    /// <summary>The length as people count it: Unicode code points.</summary>
    public static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }

    /// <summary>False when the text holds a control character, a line end, a bidirectional embedding, override or isolate, or half a surrogate pair. Empty text passes.</summary>
    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (IsHidden(text[i]))
                return false;
        }

        return true;
    }

    /// <summary>As <see cref="IsPlain"/>, for descriptions of several lines: tabs, carriage returns and line feeds pass.</summary>
    public static bool IsPlainLines(string text) => !text.Any(c => c is not ('\t' or '\r' or '\n') && IsHidden(c));

    /// <summary>Adds <see cref="IsPlain"/> with its complaint; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsPlain(text)).WithMessage(Complaint);

    /// <summary>Adds <see cref="IsPlainLines"/> with its complaint; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> PlainLines<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsPlainLines(text)).WithMessage(LinesComplaint);

    // Line and paragraph separators are the two line ends that are no control characters.
    private static bool IsHidden(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
