using System.Text.Json;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

internal sealed class GetUserRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/roles",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetUserRolesQuery(user), ct).Ok())
        .For<GetUserRolesQuery>("get-user-roles", "Answers the roles that are stored for a user, in the deployment and in each organization.")
        .Produces<UserRoles>()
        .Tagged();
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, PermissionAction.ReadPersonal, IncludeDeleted = true)]
internal sealed record GetUserRolesQuery(string User) : IQuery<UserRoles>, IUserRequest;

/// <summary>Stored names: site roles, and organization roles by organization id. Implied and default roles are not among them.</summary>
internal sealed record UserRoles(IReadOnlyList<string> Roles, IReadOnlyDictionary<string, IReadOnlyList<string>> OrganizationRoles);

internal sealed class GetUserRolesHandler(Db<MembersModule> db, CurrentUser user, ICaller caller, IRoleNames names, ResponseHeaders notes)
    : IQueryHandler<GetUserRolesQuery, UserRoles>
{
    public async Task<Result<UserRoles>> Handle(GetUserRolesQuery request, CancellationToken cancellationToken)
    {
        if (await db.SingleOrDefaultAsync<Stored>(Sql, new { id = user.Id }, cancellationToken) is not { } stored)
            return Error.UserNotFound;
        var memberships = JsonSerializer.Deserialize<List<Membership>>(stored.Memberships, WireJson.Options)!;
        var answer = new UserRoles(
            [.. names.Site(stored.SiteRoles).Select(role => role.Name)],
            memberships
                .Where(one => caller.Can(PermissionAction.Read, ResourceObject.Membership(one.OrganizationId, user.Id)))
                .ToDictionary(
                    one => one.OrganizationId.ToString("D"),
                    IReadOnlyList<string> (one) => [.. names.Organization(one.OrganizationId, one.Roles, null).Select(role => role.Name)]));
        notes.EntityTag(RoleTag.Of(stored.SiteRoles, answer));
        return answer;
    }

    private sealed record Membership(Guid OrganizationId, string[] Roles);

    private sealed class Stored
    {
        public required string[] SiteRoles { get; init; }

        public required string Memberships { get; init; }
    }

    private const string Sql =
        """
        select
            u.site_roles,
            (select coalesce(jsonb_agg(jsonb_build_object('organization_id', m.organization_id, 'roles', m.roles) order by m.organization_id), '[]')::text
             from members.organization_members m
             join members.organizations o on o.id = m.organization_id and not o.deleted
             where m.user_id = u.id) as memberships
        from members.users u
        where u.id = @id
        """;
}
