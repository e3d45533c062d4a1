using Microsoft.AspNetCore.Mvc;
using Monolith.Entitlements.Contracts;

namespace Monolith.Roles.CustomRoles;

internal sealed class UpdateCustomRoleEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/organizations/{organization}/members/roles",
            (string organization, Body<CustomRoleRequest> body, [FromHeader(Name = "If-Match")] string? ifMatch, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdateCustomRoleCommand(organization, body, ifMatch), ct).Ok())
        .For<UpdateCustomRoleCommand>("update-a-custom-organization-role", "Replaces a custom role of an organization.")
        .Produces<RoleView>()
        .Tagged()
        .Fails(412);
}

/// <summary>Replaces the role; lists that are left out become empty.</summary>
[RequiresFeature(FeatureNames.CustomRoles)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Update)]
internal sealed record UpdateCustomRoleCommand(string Organization, Body<CustomRoleRequest> Body, string? IfMatch)
    : ICommand<RoleView>, IOrganizationRequest, ICustomRoleCommand;

internal sealed class UpdateCustomRoleValidator : CustomRoleValidator<UpdateCustomRoleCommand>;

internal sealed class UpdateCustomRoleHandler(ICustomRoleStore store, ICaller caller, CurrentOrganization organization, AuditTrail audit, ResponseHeaders notes)
    : ICommandHandler<UpdateCustomRoleCommand, RoleView>
{
    public async Task<Result<RoleView>> Handle(UpdateCustomRoleCommand request, CancellationToken cancellationToken)
    {
        var role = request.Body.Value;
        var refusal = CustomRoleRules.Check(role, caller.Subject, PermissionAction.Update, organization.Id);
        var before = refusal is null ? await store.FindAsync(organization.Id, role.StoredName, RoleLock.Change, cancellationToken) : null;
        refusal ??= before is null ? Error.NotFound : IfMatch.Check(request.IfMatch, before.EntityTag);
        var after = refusal is null
            ? await store.UpdateAsync(before!.Id, role.DisplayName ?? "", role.StoredPermissions, cancellationToken)
            : null;
        audit.CustomRole(AuditAction.Write, organization.Id, role.StoredName, before, after);
        if (after is null)
            return refusal!;

        notes.EntityTag(after.EntityTag);
        return RoleView.From(after);
    }
}
