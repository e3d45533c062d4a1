using Monolith.Members.Directory;

namespace Monolith.Members.Organizations;

/// <summary>The rules for the texts of an organization (members specification 3.12 and contract section 6). Absent and empty pass.</summary>
internal static class OrganizationRules
{
    private const int LongestText = 2048;

    public static Error NameTaken { get; } = Error.Conflict("An organization with this name already exists.", "name", "Taken.");

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "new", "create", "default" };

    public static IRuleBuilderOptions<T, string?> OrganizationName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => string.IsNullOrEmpty(text) || (NameRules.IsName(text) && !Reserved.Contains(text)))
        .WithMessage("Must be 1 to 32 letters, digits and single hyphens, without a hyphen at either end, and no reserved word.");

    public static IRuleBuilderOptions<T, string?> OrganizationDisplayName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || (DisplayText.Length(text) <= 64 && text.Trim() == text))
        .WithMessage("Must be at most 64 characters, without blanks at either end.")
        .PlainText();

    public static IRuleBuilderOptions<T, string?> OrganizationText<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || DisplayText.Length(text) <= LongestText)
        .WithMessage($"Must be at most {LongestText} characters.")
        .PlainLines();
}
