using Monolith.Roles.BuiltIn;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

internal sealed class ListOrganizationRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/v2/organizations/{organization}/members/roles", (string organization, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new ListOrganizationRolesQuery(organization), cancellationToken).Ok())
            .WithName("get-member-roles-by-organization").WithTags("Roles")
            .Produces<IReadOnlyList<AssignableRole>>().Produces<ErrorBody>(404);
}

[RequiresPermission(ResourceType.AssignOrgRole, PermissionAction.Read, HideRefusal = true)]
internal sealed record ListOrganizationRolesQuery(string Organization) : IQuery<IReadOnlyList<AssignableRole>>, IOrganizationRequest;

internal sealed class ListOrganizationRolesHandler(ICaller caller, CurrentOrganization organization, CustomRoleStore store)
    : IQueryHandler<ListOrganizationRolesQuery, IReadOnlyList<AssignableRole>>
{
    public async Task<Result<IReadOnlyList<AssignableRole>>> Handle(ListOrganizationRolesQuery request, CancellationToken cancellationToken)
    {
        var custom = await store.ListAsync(organization.Id, cancellationToken);
        var customAssignable = MayAssign(RoleName.CustomOrganizationRole);
        AssignableRole[] roles =
        [
            .. BuiltInRoles.AssignableOrganization.Select(role => AssignableRole.From(role, organization.Id, MayAssign(role.Name))),
            .. custom.Where(role => !RoleName.IsRetired(role.Name)).Select(role => AssignableRole.From(role, customAssignable)),
        ];
        return roles;
    }

    private bool MayAssign(string name) => AssignmentMatrix.Allows(caller.Subject, name, organization.Id);
}
