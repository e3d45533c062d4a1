using System.Text.RegularExpressions;
using FluentValidation;

namespace Monolith.Members.Users;

/// <summary>The rules for names and addresses (members specification 3.12 and contract section 6).</summary>
internal static partial class NameRules
{
    private static readonly HashSet<string> ForbiddenUsernames = new(StringComparer.OrdinalIgnoreCase) { "new", "create", "me", "first", "roles", "authmethods" };

    public static IRuleBuilderOptions<T, string?> Username<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => !string.IsNullOrEmpty(text)).WithMessage("Required.")
        .Must(text => string.IsNullOrEmpty(text) || (IsName(text) && !ForbiddenUsernames.Contains(text)))
        .WithMessage("Must be 1 to 32 letters, digits and single hyphens, without a hyphen at either end, and no reserved word.");

    public static IRuleBuilderOptions<T, string?> FullName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || (text.Length <= 128 && text.Trim() == text))
        .WithMessage("Must be at most 128 characters, without blanks at either end.");

    public static IRuleBuilderOptions<T, string?> EmailAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => !string.IsNullOrEmpty(text)).WithMessage("Required.")
        .Must(text => string.IsNullOrEmpty(text) || IsEmail(text)).WithMessage("Must be an e-mail address.");

    public static bool IsName(string text) => text.Length <= 32 && NamePattern().IsMatch(text);

    private static bool IsEmail(string text) =>
        text.Length <= 254 && !text.Any(char.IsWhiteSpace) && !text.Any(char.IsControl)
        && System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text
        && address.Host.Length > 0 && address.User.Length is > 0 and <= 64;

    [GeneratedRegex(@"\A[A-Za-z0-9]+(-[A-Za-z0-9]+)*\z")]
    private static partial Regex NamePattern();
}
