using Monolith.Groups.Directory;
using Monolith.Members.Contracts;
using Npgsql;

namespace Monolith.Groups.Groups;

internal sealed class GroupWriter(Db<GroupsModule> db, IReadStore<GroupRow> groups, TimeProvider clock) : IGroupWriter
{
    public async Task<bool> InsertAsync(GroupRow group, CancellationToken cancellationToken) => await db.ExecuteAsync(Insert, Fields(group), cancellationToken) == 1;

    public async Task<GroupRow?> LockAsync(GroupRow group, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(group.IsEverybody ? LockEverybody : LockStored, new { id = group.Id }, cancellationToken);
        return await groups.SingleOrDefaultAsync(new GroupById(group.Id), cancellationToken);
    }

    public async Task<bool> UpdateAsync(GroupRow wanted, CancellationToken cancellationToken)
    {
        try
        {
            await db.ExecuteAsync(wanted.IsEverybody ? UpdateEverybody : UpdateStored, Fields(wanted), cancellationToken);
            return true;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    public async Task<IReadOnlyCollection<Guid>> AddAsync(GroupRow group, IReadOnlyCollection<HeldMember> members, CancellationToken cancellationToken) =>
        await db.QueryAsync<Guid>(
            Add,
            new
            {
                group_id = group.Id,
                organization_id = group.OrganizationId,
                user_ids = members.Select(member => member.UserId).ToArray(),
                sort_names = members.Select(member => member.SortName).ToArray(),
            },
            cancellationToken);

    public async Task<IReadOnlyCollection<Guid>> RemoveAsync(Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        await db.QueryAsync<Guid>(Remove, new { group_id = groupId, user_ids = userIds.ToArray() }, cancellationToken);

    public async Task<IReadOnlyCollection<Guid>> DeleteAsync(Guid groupId, CancellationToken cancellationToken)
    {
        var left = await db.QueryAsync<Guid>(RemoveAll, new { id = groupId }, cancellationToken);
        await db.ExecuteAsync(Delete, new { id = groupId }, cancellationToken);
        return left;
    }

    private object Fields(GroupRow group) => new
    {
        id = group.Id,
        organization_id = group.OrganizationId,
        name = group.Name,
        name_folded = group.Name.ToLowerInvariant(),
        display_name = group.DisplayName,
        display_name_folded = group.DisplayName.ToLowerInvariant(),
        avatar_url = group.AvatarUrl,
        quota_allowance = group.QuotaAllowance,
        source = group.Source,
        now = clock.GetUtcNow(),
    };

    private const string Insert =
        """
        insert into groups.groups
            (id, organization_id, name, name_folded, display_name, display_name_folded, avatar_url, quota_allowance, source, created_at, updated_at)
        values
            (@id, @organization_id, @name, @name_folded, @display_name, @display_name_folded, @avatar_url, @quota_allowance, @source, @now, @now)
        on conflict (organization_id, name) do nothing
        """;

    private const string LockStored =
        """
        select 1
        from groups.groups
        where id = @id
        for update
        """;

    private const string LockEverybody =
        """
        insert into groups.everybody (organization_id) values (@id) on conflict do nothing;
        select 1
        from groups.everybody
        where organization_id = @id
        for update
        """;

    private const string UpdateStored =
        """
        update groups.groups
        set name = @name,
            name_folded = @name_folded,
            display_name = @display_name,
            display_name_folded = @display_name_folded,
            avatar_url = @avatar_url,
            quota_allowance = @quota_allowance,
            updated_at = @now
        where id = @id
        """;

    private const string UpdateEverybody =
        """
        update groups.everybody
        set avatar_url = @avatar_url,
            quota_allowance = @quota_allowance
        where organization_id = @id
        """;

    private const string Add =
        """
        insert into groups.group_members
            (group_id, user_id, organization_id, sort_name)
        select @group_id, user_id, @organization_id, sort_name
        from unnest(@user_ids, @sort_names) held (user_id, sort_name)
        on conflict do nothing
        returning user_id
        """;

    private const string Remove =
        """
        delete from groups.group_members
        where group_id = @group_id and user_id = any (@user_ids)
        returning user_id
        """;

    private const string RemoveAll =
        """
        delete from groups.group_members
        where group_id = @id
        returning user_id
        """;

    private const string Delete = "delete from groups.groups where id = @id";
}
