using Monolith.Entitlements.Contracts;

namespace Monolith.Roles.CustomRoles;

internal sealed class CreateCustomRoleEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/organizations/{organization}/members/roles",
            (string organization, Body<CustomRoleRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CreateCustomRoleCommand(organization, body), ct).Ok())
        .For<CreateCustomRoleCommand>("insert-a-custom-organization-role", "Creates a custom role in an organization.")
        .Produces<RoleView>()
        .Tagged();
}

[RequiresFeature(FeatureNames.CustomRoles)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Create)]
internal sealed record CreateCustomRoleCommand(string Organization, Body<CustomRoleRequest> Body)
    : ICommand<RoleView>, IOrganizationRequest, ICustomRoleCommand;

internal sealed class CreateCustomRoleValidator : CustomRoleValidator<CreateCustomRoleCommand>;

internal sealed class CreateCustomRoleHandler(ICustomRoleStore store, ICaller caller, CurrentOrganization organization, AuditTrail audit, ResponseHeaders notes)
    : ICommandHandler<CreateCustomRoleCommand, RoleView>
{
    public async Task<Result<RoleView>> Handle(CreateCustomRoleCommand request, CancellationToken cancellationToken)
    {
        var role = request.Body.Value;
        var refusal = CustomRoleRules.Check(role, caller.Subject, PermissionAction.Create, organization.Id);
        if (refusal is null && await store.IsFullAsync(organization.Id, role.StoredName, cancellationToken))
            refusal = CustomRoleRules.TooMany;
        var created = refusal is null
            ? await store.InsertAsync(organization.Id, role.StoredName, role.DisplayName ?? "", role.StoredPermissions, cancellationToken)
            : null;
        audit.CustomRole(AuditAction.Create, organization.Id, role.StoredName, after: created);
        if (created is null)
            return refusal ?? CustomRoleRules.NameTaken;

        notes.EntityTag(created.EntityTag);
        return RoleView.From(created);
    }
}
