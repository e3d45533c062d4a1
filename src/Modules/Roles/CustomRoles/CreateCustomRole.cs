using Monolith.Entitlements.Contracts;

namespace Monolith.Roles.CustomRoles;

internal sealed class CreateCustomRoleEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/v2/organizations/{organization}/members/roles",
            (string organization, Body<CustomRoleRequest> body, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new CreateCustomRoleCommand(organization, body), cancellationToken).Ok())
            .WithName("insert-a-custom-organization-role").WithTags("Roles")
            .Produces<RoleView>().Produces<ErrorBody>(400).Produces<ErrorBody>(403).Produces<ErrorBody>(404);
}

[RequiresFeature(FeatureNames.CustomRoles)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Create)]
internal sealed record CreateCustomRoleCommand(string Organization, Body<CustomRoleRequest> Body)
    : ICommand<RoleView>, IOrganizationRequest, ICustomRoleCommand;

internal sealed class CreateCustomRoleValidator : CustomRoleValidator<CreateCustomRoleCommand>;

internal sealed class CreateCustomRoleHandler(ICustomRoleStore store, ICaller caller, CurrentOrganization organization, AuditTrail audit, ResponseNotes notes)
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
