using Monolith.Roles.BuiltIn;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

internal sealed class ListSiteRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/roles",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListSiteRolesQuery(), ct).Ok())
        .For<ListSiteRolesQuery>("get-site-member-roles", "Lists the roles of the deployment, and which of them the caller may assign.")
        .Produces<IReadOnlyList<AssignableRole>>();
}

[RequiresPermission(ResourceType.AssignRole, PermissionAction.Read)]
internal sealed record ListSiteRolesQuery : IQuery<IReadOnlyList<AssignableRole>>;

internal sealed class ListSiteRolesHandler(ICaller caller, DeploymentRoles roles) : IQueryHandler<ListSiteRolesQuery, IReadOnlyList<AssignableRole>>
{
    public Task<Result<IReadOnlyList<AssignableRole>>> Handle(ListSiteRolesQuery request, CancellationToken cancellationToken)
    {
        AssignableRole[] answers =
            [.. roles.AssignableSite.Select(role => AssignableRole.From(role, null, AssignmentMatrix.Allows(caller.Subject, role.Name, null)))];
        return Task.FromResult<Result<IReadOnlyList<AssignableRole>>>(answers);
    }
}
