using System.ComponentModel.DataAnnotations;

namespace Monolith.Members.Directory;

/// <summary>The complete new set of bare role names; null counts as empty, leaving it out is an error.</summary>
internal sealed record UpdateRoles
{
    private readonly IReadOnlyList<string>? _roles;

    [Required, MayBeNull]
    public IReadOnlyList<string>? Roles
    {
        get => _roles;
        init => (_roles, WasSent) = (value ?? [], true);
    }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool WasSent { get; private init; }
}

internal sealed class UpdateRolesValidator : AbstractValidator<UpdateRoles>
{
    public UpdateRolesValidator() => RuleFor(body => body.Roles)
        .Cascade(CascadeMode.Stop)
        .Must((body, _) => body.WasSent).OverridePropertyName("roles").WithMessage("Required.")
        .RoleNames();
}

internal static class RoleNameRules
{
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> RoleNames<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(roles => roles is null || (roles.Count <= 100 && roles.All(role => role is { Length: <= 100 })))
        .WithMessage("At most 100 role names, each at most 100 characters.");
}
