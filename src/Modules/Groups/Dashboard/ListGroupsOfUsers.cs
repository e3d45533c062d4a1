using Monolith.Groups.Directory;

namespace Monolith.Groups.Dashboard;

/// <summary>The groups of several users in one statement, besides those of everybody; users whom the caller may not read are left out.</summary>
/// <param name="UserIds">At most 100.</param>
/// <param name="OrganizationId">Only groups of this organization.</param>
[RequiresFeature(GroupsModule.Feature)]
[RequiresPermissionOnRows(ResourceType.GroupMember, PermissionAction.Read)]
[NothingToValidate("A page reads the ids; what is no id it leaves out.")]
internal sealed record ListGroupsOfUsersQuery(IReadOnlyCollection<Guid> UserIds, Guid? OrganizationId) : IQuery<IReadOnlyList<UserGroups>>;

/// <summary>A user with their groups, by name.</summary>
internal sealed record UserGroups(Guid UserId, string Username, string Name, IReadOnlyList<GroupOfUser> Groups);

internal sealed class GroupOfUser
{
    public Guid UserId { get; init; }

    public string Username { get; init; } = "";

    public string FullName { get; init; } = "";

    /// <summary>Null when the user is in none.</summary>
    public string? Group { get; init; }

    public string DisplayName { get; init; } = "";

    public string Organization { get; init; } = "";

    public string OrganizationDisplayName { get; init; } = "";

    public string Title => DisplayName is { Length: > 0 } shown ? shown : Group!;
}

internal sealed class ListGroupsOfUsersHandler(Db<GroupsModule> db, GroupAccess access, ICaller caller) : IQueryHandler<ListGroupsOfUsersQuery, IReadOnlyList<UserGroups>>
{
    public async Task<Result<IReadOnlyList<UserGroups>>> Handle(ListGroupsOfUsersQuery request, CancellationToken cancellationToken)
    {
        var members = caller.Subject.Visible(PermissionAction.Read, ResourceType.OrganizationMember);
        var parameters = access.Members().Parameters();
        parameters.AddDynamicParams(new
        {
            user_ids = request.UserIds.ToArray(),
            place = request.OrganizationId,
            reads_users = members.Everything || caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.User)),
            reads_members_of = members.Organizations.ToArray(),
        });
        var rows = await db.QueryFreshlyPlannedAsync<GroupOfUser>(Select, parameters, cancellationToken);
        return rows.GroupBy(row => row.UserId)
            .Select(of => new UserGroups(of.Key, of.First().Username, of.First().FullName, [.. of.Where(row => row.Group is not null)]))
            .ToList();
    }

    private const string Select =
        $"""
        select u.id as user_id, u.username, u.name as full_name, g."group", g.display_name, g.organization, g.organization_display_name
        from contracts.searched_users u
        left join (
            select m.user_id, g.id, g.name as "group", g.name_folded, g.display_name, o.name as organization, o.display_name as organization_display_name
            from groups.group_members m
            join groups.groups g on g.id = m.group_id
            join contracts.organizations o on o.id = g.organization_id and not o.deleted
            where m.user_id = any (@user_ids)
              and (@place::uuid is null or m.organization_id = @place)
              and {MembershipVisibility.Condition}
        ) g on g.user_id = u.id
        where u.id = any (@user_ids)
          and (@reads_users or u.id = @sees_self or exists (
              select 1
              from contracts.organization_members o
              where o.user_id = u.id and o.organization_id = any (@reads_members_of)))
        order by u.username_folded, u.id, g.name_folded, g.id
        """;
}
