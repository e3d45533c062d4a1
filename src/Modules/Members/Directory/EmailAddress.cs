using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Monolith.Members.Directory;

/// <summary>
/// E-mail addresses in one form (contract 7.1): full-width letters count as the usual ones, what stands before the <c>@</c> is ASCII, and the domain is
/// kept in its ASCII form. The process runs without the tables of Unicode normalization, so a domain may be typed in the letters that have one spelling
/// only; any other one is typed in its ASCII form.
/// </summary>
internal static class EmailAddress
{
    private const int Longest = 254;
    private const int LongestLocal = 64;

    // The blocks whose letters normalization leaves alone: Latin with diacritics, Greek, Cyrillic, Japanese, Chinese, Korean.
    private static readonly (char First, char Last)[] OneSpelling =
    [
        ('\u00DF', '\u00F6'), ('\u00F8', '\u0131'), ('\u0134', '\u013E'), ('\u0141', '\u0148'), ('\u014A', '\u017E'),
        ('\u03AC', '\u03CE'), ('\u0430', '\u045F'), ('\u3041', '\u3096'), ('\u30A1', '\u30FA'), ('\u4E00', '\u9FFF'), ('\uAC00', '\uD7A3'),
    ];

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The address as it is stored and shown; null when the text is none.</summary>
    public static string? Canonical(string text)
    {
        var plain = WithUsualLetters(text);
        var at = plain.LastIndexOf('@');
        if (at is <= 0 or > LongestLocal || !Ascii.IsValid(plain.AsSpan(0, at)) || AsciiDomain(plain[(at + 1)..]) is not { } domain)
            return null;
        var address = $"{plain[..at]}@{domain}";
        return address.Length <= Longest
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            && MailAddress.TryCreate(address, out var read) && read.Address == address
                ? address
                : null;
    }

    /// <summary>What addresses are compared by; also for text that is no address.</summary>
    public static string Fold(string text) => (Canonical(text) ?? text).ToLowerInvariant();

    private static string? AsciiDomain(string domain)
    {
        if (domain.Length == 0 || domain.EndsWith('.'))
            return null;
        if (Ascii.IsValid(domain))
            return domain;
        var letters = domain.ToLowerInvariant();
        if (!letters.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' || Array.Exists(OneSpelling, block => c >= block.First && c <= block.Last)))
            return null;
        try
        {
            return Idn.GetAscii(letters);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string WithUsualLetters(string text) => string.Create(text.Length, text, (to, from) =>
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = from[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(from[i] - 0xFEE0),
                '\u3002' or '\uFF61' => '.',
                var other => other,
            };
        }
    });
}
