namespace Monolith.Entitlements.Licensing;

/// <summary>A license on its way from a mail, a file or a form: mail programs wrap it, editors mark it, people quote it. None of that is part of the token.</summary>
internal static class LicenseText
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The text without blanks, line ends and byte order marks anywhere, and without quotes around it.</summary>
    public static string Clean(string? text) =>
        string.Concat((text ?? "").Where(letter => !char.IsWhiteSpace(letter) && letter is not ByteOrderMark)).Trim('"', '\'', '`', '\u201C', '\u201D', '\u2018', '\u2019');
}
