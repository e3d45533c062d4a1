using Monolith.Roles.Contracts;

namespace Monolith.Members.Memberships;

[RequiresPermission(ResourceType.OrganizationMember, PermissionAction.Read, HideRefusal = true)]
internal sealed record CountRoleHoldersQuery(string Organization) : IQuery<RoleHolders>, IOrganizationRequest;

internal sealed class CountRoleHoldersHandler(Db<MembersModule> db, CurrentOrganization organization) : IQueryHandler<CountRoleHoldersQuery, RoleHolders>
{
    public async Task<Result<RoleHolders>> Handle(CountRoleHoldersQuery request, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync<HeldRole>(Select, new { organization_id = organization.Id }, cancellationToken);
        return new RoleHolders(
            rows.Where(row => row.Members is not null).ToDictionary(row => row.Name, row => row.Members!.Value, StringComparer.Ordinal),
            [.. rows.Where(row => row.Members is null).Select(row => row.Name)]);
    }

    private sealed record HeldRole(string Name, long? Members);

    // A row without a number is a role of everybody.
    private const string Select =
        """
        select role as name, count(*) as members
        from members.organization_members
        cross join unnest(roles) role
        where organization_id = @organization_id
          and not is_system
          and roles <> '{}'
        group by role
        union all
        select role, null
        from members.organizations
        cross join unnest(default_org_member_roles) role
        where id = @organization_id
        """;
}

internal sealed class RoleHolderCounts(IDispatcher dispatcher) : IRoleHolders
{
    public async Task<RoleHolders?> CountAsync(string organization, CancellationToken cancellationToken)
    {
        var result = await dispatcher.SendAsync(new CountRoleHoldersQuery(organization), cancellationToken);
        return result.IsSuccess ? result.Value : null;
    }
}
