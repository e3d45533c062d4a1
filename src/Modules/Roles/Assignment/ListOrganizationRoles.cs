using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

internal sealed class ListOrganizationRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/members/roles",
            (string organization, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListOrganizationRolesQuery(organization), ct).Ok())
        .For<ListOrganizationRolesQuery>("get-member-roles-by-organization", "Lists the roles of an organization, and which of them the caller may assign.")
        .Produces<IReadOnlyList<AssignableRole>>();
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
