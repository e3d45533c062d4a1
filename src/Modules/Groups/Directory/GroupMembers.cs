namespace Monolith.Groups.Directory;

/// <summary>Reads the members of groups. It runs as the system: what the caller may read is part of what is asked.</summary>
internal interface IGroupMembers
{
    /// <summary>The members of one group by specification.</summary>
    IReadStore<GroupMemberRow> Of(GroupRow group);

    /// <summary>Whether somebody is in a stored group.</summary>
    Task<bool> HasAsync(Guid groupId, Guid userId, CancellationToken cancellationToken);

    /// <summary>The members of several groups in one statement, by group and in display order.</summary>
    /// <param name="groups">Which groups.</param>
    /// <param name="userIds">Only these users; null for all.</param>
    /// <param name="visible">What the caller may read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ILookup<Guid, GroupMemberRow>> OfSeveralAsync(IReadOnlyCollection<GroupRow> groups, IReadOnlyCollection<Guid>? userIds, MembershipVisibility visible, CancellationToken cancellationToken);
}

internal sealed class GroupMembers(Db<GroupsModule> db) : IGroupMembers
{
    private readonly SqlReadStore<GroupMemberRow> _stored = new(db, GroupMemberMap.Stored);
    private readonly SqlReadStore<GroupMemberRow> _everybody = new(db, GroupMemberMap.Everybody);

    public IReadStore<GroupMemberRow> Of(GroupRow group) => group.IsEverybody ? _everybody : _stored;

    public Task<bool> HasAsync(Guid groupId, Guid userId, CancellationToken cancellationToken) =>
        db.ScalarAsync<bool>(IsMember, new { group_id = groupId, user_id = userId }, cancellationToken);

    public async Task<ILookup<Guid, GroupMemberRow>> OfSeveralAsync(
        IReadOnlyCollection<GroupRow> groups, IReadOnlyCollection<Guid>? userIds, MembershipVisibility visible, CancellationToken cancellationToken)
    {
        var parameters = visible.Parameters();
        parameters.AddDynamicParams(new
        {
            groups = groups.Where(group => !group.IsEverybody).Select(group => group.Id).ToArray(),
            organizations = groups.Where(group => group.IsEverybody).Select(group => group.Id).ToArray(),
            user_ids = userIds?.ToArray() ?? [],
        });
        return (await db.QueryFreshlyPlannedAsync<GroupMemberRow>(userIds is null ? Several : SeveralAmong, parameters, cancellationToken)).ToLookup(member => member.GroupId);
    }

    private const string IsMember = "select exists (select 1 from groups.group_members where group_id = @group_id and user_id = @user_id)";

    private const string Begin =
        $"""
        select m.group_id, m.user_id, u.username, u.name, u.avatar_url, u.email, u.status, u.login_type, u.is_service_account,
            u.last_seen_at, u.created_at as user_created_at, u.updated_at as user_updated_at
        from (
            select group_id, user_id, organization_id, sort_name
            from groups.group_members
            where group_id = any (@groups)
            union all
            select organization_id, user_id, organization_id, sort_name
            from contracts.organization_members
            where organization_id = any (@organizations) and not is_system
        ) m
        join contracts.searched_users u on u.id = m.user_id
        where {MembershipVisibility.Condition}
        """;

    private const string End = "\norder by m.group_id, m.sort_name, m.user_id";

    private const string Several = Begin + End;

    private const string SeveralAmong = Begin + "\n  and m.user_id = any (@user_ids)" + End;
}
