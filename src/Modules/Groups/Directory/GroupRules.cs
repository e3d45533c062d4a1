using System.Text.RegularExpressions;

namespace Monolith.Groups.Directory;

/// <summary>The rules for the fields of a group (groups specification 2.1). Absent and empty pass.</summary>
internal static partial class GroupRules
{
    private const int LongestName = 255;
    private const int LongestDisplayName = 64;
    private const int LongestAvatar = 2048;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "new", "create" };

    public static Error NameTaken { get; } = Error.Conflict("A group with this name already exists.", "name", "Taken.");

    public static Error NameReserved { get; } = Error.Invalid("name", "Everyone is the group of everybody.");

    public static bool IsEverybody(string name) => string.Equals(name, GroupRow.EverybodyName, StringComparison.OrdinalIgnoreCase);

    public static IRuleBuilderOptions<T, string?> GroupName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => string.IsNullOrEmpty(text) || (text.Length <= LongestName && NamePattern().IsMatch(text) && !Reserved.Contains(text)))
        .WithMessage($"Must be 1 to {LongestName} letters, digits and single hyphens, without a hyphen at either end, and no reserved word.");

    public static IRuleBuilderOptions<T, string?> GroupDisplayName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || (DisplayText.Length(text) <= LongestDisplayName && text.Trim() == text))
        .WithMessage($"Must be at most {LongestDisplayName} characters, without blanks at either end.")
        .PlainText();

    public static IRuleBuilderOptions<T, string?> GroupAvatar<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => string.IsNullOrEmpty(text) || (DisplayText.Length(text) <= LongestAvatar && ImagePattern().IsMatch(text)))
        .WithMessage($"Must be an http, https or data:image address, or a path of this site, of at most {LongestAvatar} characters.")
        .PlainText();

    public static IRuleBuilderOptions<T, long?> Allowance<T>(this IRuleBuilder<T, long?> rule) => rule
        .Must(number => number is null or (>= 0 and <= int.MaxValue)).WithMessage($"Must be from 0 to {int.MaxValue}.");

    [GeneratedRegex(@"\A[A-Za-z0-9]+(-[A-Za-z0-9]+)*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A(https?://[^/\s]|data:image/|/(?!/))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ImagePattern();
}
