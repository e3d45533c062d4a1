using System.Text.RegularExpressions;

namespace Monolith.Members.Directory;

/// <summary>The rules for names and addresses (members specification 3.12 and contract section 6).</summary>
internal static partial class NameRules
{
    private static readonly HashSet<string> ForbiddenUsernames = new(StringComparer.OrdinalIgnoreCase) { "new", "create", "me", "first", "roles", "authmethods", "oidc-claims" };

    public static IRuleBuilderOptions<T, string?> Username<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => !string.IsNullOrEmpty(text)).WithMessage("Required.")
        .Must(text => string.IsNullOrEmpty(text) || (IsName(text) && !ForbiddenUsernames.Contains(text)))
        .WithMessage("Must be 1 to 32 letters, digits and single hyphens, without a hyphen at either end, and no reserved word.");

    public static IRuleBuilderOptions<T, string?> FullName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || (DisplayText.Length(text) <= 128 && text.Trim() == text))
        .WithMessage("Must be at most 128 characters, without blanks at either end.")
        .PlainText();

    /// <summary>Where a picture is, for clients that show it: our pages load nothing from other hosts.</summary>
    public static IRuleBuilderOptions<T, string?> AvatarUrl<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || DisplayText.Length(text) <= 2048)
        .WithMessage("Must be at most 2048 characters.")
        .PlainText();

    public static IRuleBuilderOptions<T, string?> EmailAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => !string.IsNullOrEmpty(text)).WithMessage("Required.")
        .Must(text => string.IsNullOrEmpty(text) || Directory.EmailAddress.Canonical(text) is not null)
        .WithMessage("Must be an e-mail address: ASCII before the @, and a domain without a dot at its end. Write a domain of rare letters in its ASCII form, xn--.");

    public static bool IsName(string text) => text.Length <= 32 && NamePattern().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9]+(-[A-Za-z0-9]+)*\z")]
    private static partial Regex NamePattern();
}
