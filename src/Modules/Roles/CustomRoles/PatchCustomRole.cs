using Monolith.Entitlements.Contracts;

namespace Monolith.Roles.CustomRoles;

internal sealed class PatchCustomRoleEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPatch(
            "/organizations/{organization}/members/roles",
            (string organization, Body<CustomRoleRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new PatchCustomRoleCommand(organization, body), ct).Ok())
        .For<PatchCustomRoleCommand>("upsert-a-custom-organization-role", "Creates a custom role, or replaces the one of that name, as older clients do.")
        .Produces<RoleView>()
        .Tagged();
}

/// <summary>The form of 2024, before there were POST and PUT.</summary>
[RequiresFeature(FeatureNames.CustomRoles)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Create, PermissionAction.Update)]
internal sealed record PatchCustomRoleCommand(string Organization, Body<CustomRoleRequest> Body)
    : ICommand<RoleView>, IOrganizationRequest, ICustomRoleCommand;

internal sealed class PatchCustomRoleValidator : CustomRoleValidator<PatchCustomRoleCommand>;

internal sealed class PatchCustomRoleHandler(ICustomRoleStore store, ICaller caller, CurrentOrganization organization, AuditTrail audit, ResponseHeaders notes)
    : ICommandHandler<PatchCustomRoleCommand, RoleView>
{
    public async Task<Result<RoleView>> Handle(PatchCustomRoleCommand request, CancellationToken cancellationToken)
    {
        var role = request.Body.Value;

        // Whether there is one is told to those only who may make it, or replace it.
        var before = await store.FindAsync(organization.Id, role.StoredName, RoleLock.Change, cancellationToken);
        var refusal = CustomRoleRules.Check(role, caller.Subject, before is null ? PermissionAction.Create : PermissionAction.Update, organization.Id);
        if (refusal is null && before is null && await store.IsFullAsync(organization.Id, role.StoredName, cancellationToken))
            refusal = CustomRoleRules.TooMany;
        var after = refusal is not null ? null
            : before is null ? await store.InsertAsync(organization.Id, role.StoredName, role.DisplayName ?? "", role.StoredPermissions, cancellationToken)
            : await store.UpdateAsync(before.Id, role.DisplayName ?? "", role.StoredPermissions, cancellationToken);
        if (refusal is null && after is null && CustomRoleRules.Check(role, caller.Subject, PermissionAction.Update, organization.Id) is null
            && await store.FindAsync(organization.Id, role.StoredName, RoleLock.Change, cancellationToken) is { } rival)
        {
            // Somebody else made it just now, as whoever repeats an apply does.
            before = rival;
            after = await store.UpdateAsync(rival.Id, role.DisplayName ?? "", role.StoredPermissions, cancellationToken);
        }

        audit.CustomRole(before is null ? AuditAction.Create : AuditAction.Write, organization.Id, role.StoredName, before, after);
        if (after is null)
            return refusal ?? CustomRoleRules.NameTaken;

        notes.EntityTag(after.EntityTag);
        return RoleView.From(after);
    }
}
