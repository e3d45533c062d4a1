using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.CustomRoles;

/// <summary>The body of POST and PUT. Absent lists are empty; other members, such as <c>organization_id</c>, are ignored.</summary>
internal sealed record CustomRoleRequest(
    [property: Required] string? Name,
    string? DisplayName,
    IReadOnlyList<PermissionView?>? SitePermissions,
    IReadOnlyList<PermissionView?>? OrganizationPermissions,
    IReadOnlyList<PermissionView?>? UserPermissions,
    IReadOnlyList<PermissionView?>? OrganizationMemberPermissions)
{
    /// <summary>As it is stored.</summary>
    [JsonIgnore]
    public string StoredName => Name!.ToLowerInvariant();

    /// <inheritdoc cref="StoredName" />
    [JsonIgnore]
    public IReadOnlyList<PermissionView> StoredPermissions => [.. (OrganizationPermissions ?? []).OfType<PermissionView>().Distinct()];
}

/// <summary>A command with that body.</summary>
internal interface ICustomRoleCommand
{
    Body<CustomRoleRequest> Body { get; }
}

internal abstract class CustomRoleValidator<TCommand> : AbstractValidator<TCommand>
    where TCommand : ICustomRoleCommand
{
    private const int LongestDisplayName = 128;

    protected CustomRoleValidator()
    {
        RuleFor(command => command.Body.Value.Name)
            .Must(RoleName.IsWellFormed)
            .WithMessage("A role name is 1 to 32 letters or digits, with single hyphens between them.")
            .OverridePropertyName("name");
        RuleFor(command => command.Body.Value.DisplayName)
            .Must(text => text is null || DisplayText.IsPlain(text))
            .WithMessage(DisplayText.Complaint)
            .OverridePropertyName("display_name");
        RuleFor(command => command.Body.Value.DisplayName)
            .Must(text => text is null || DisplayText.Length(text) <= LongestDisplayName)
            .WithMessage($"Must be at most {LongestDisplayName} characters.")
            .OverridePropertyName("display_name");
    }
}
