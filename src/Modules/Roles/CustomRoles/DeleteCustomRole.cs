using Monolith.Entitlements.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.CustomRoles;

internal sealed class DeleteCustomRoleEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/organizations/{organization}/members/roles/{roleName}",
            (string organization, string roleName, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new DeleteCustomRoleCommand(organization, roleName), ct).NoContent())
        .For<DeleteCustomRoleCommand>("delete-a-custom-organization-role", "Deletes a custom role and takes it from everybody who has it.")
        .Produces(204);
}

[RequiresFeature(FeatureNames.CustomRoles)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Read, PermissionAction.Delete)]
[NothingToValidate("A text that names no role is simply not found.")]
internal sealed record DeleteCustomRoleCommand(string Organization, string RoleName) : ICommand, IOrganizationRequest;

internal sealed class DeleteCustomRoleHandler(ICustomRoleStore store, ICaller caller, CurrentOrganization organization, AuditTrail audit, IDispatcher dispatcher)
    : ICommandHandler<DeleteCustomRoleCommand, Unit>
{
    private static readonly Error NoSuchRole = Error.NotFound with { Detail = "No custom role of that name was found." };

    public async Task<Result<Unit>> Handle(DeleteCustomRoleCommand request, CancellationToken cancellationToken)
    {
        if (!May(PermissionAction.Read) || await FindAsync(request.RoleName, cancellationToken) is not { } role)
            return NoSuchRole;

        audit.CustomRole(AuditAction.Delete, organization.Id, role.Name, before: role, status: 204);
        if (!May(PermissionAction.Delete))
            return Error.Forbidden;

        await store.DeleteAsync(role.Id, cancellationToken);
        await dispatcher.PublishAsync(new CustomRoleDeleted(organization.Id, role.Name), cancellationToken);
        return Unit.Value;
    }

    private Task<CustomRole?> FindAsync(string name, CancellationToken cancellationToken) =>
        store.FindAsync(organization.Id, name.ToLowerInvariant(), May(PermissionAction.Delete) ? RoleLock.Delete : RoleLock.None, cancellationToken);

    private bool May(PermissionAction action) => caller.Can(action, ResourceObject.In(ResourceType.AssignOrgRole, organization.Id));
}
