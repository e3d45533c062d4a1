using Monolith.Roles.BuiltIn;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

internal sealed class ListSiteRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/v2/users/roles", (IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new ListSiteRolesQuery(), cancellationToken).Ok())
            .WithName("get-site-member-roles").WithTags("Roles")
            .Produces<IReadOnlyList<AssignableRole>>().Produces<ErrorBody>(403);
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
