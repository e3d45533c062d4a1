using Monolith.Entitlements.Contracts;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Roster;

/// <summary>A page of members. <c>count</c> is the number that match, whatever the page; 0 when the page is empty; absent with <c>count=false</c>.</summary>
internal sealed record GroupMemberPage(IReadOnlyList<ReducedUser> Users, long? Count);

/// <summary>Reads the members of the group of the request, by the search of users. Scoped.</summary>
internal sealed class GroupMemberList(IGroupMembers members, GroupAccess access, CurrentGroup current, IUserSearch search, IEntitlements entitlements)
{
    public async Task<Result<ListResult<ReducedUser>>> ReadAsync(string? q, PageRequest request, CancellationToken cancellationToken)
    {
        var filter = search.Parse(q, entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit));
        if (!filter.IsSuccess)
            return filter.Error;
        var (group, window, store) = (current.Value, request.Window, members.Of(current.Value));
        if (window.AfterId is { } after && await store.SingleOrDefaultAsync(new MemberOfGroup(group.Id, after), cancellationToken) is null)
            return Page<ReducedUser>.Empty;
        var wanted = new GroupMemberPageSpecification(group, filter.Value, access.MembersOf(group), window);
        if (!window.IsPage)
            return store.Stream(wanted).Select(ReducedUser.FromAsync);
        return await (await store.PageAsync(wanted, cancellationToken)).SelectAsync(ReducedUser.FromAsync, cancellationToken);
    }
}

/// <summary>Members by the filters of the users list, in display order.</summary>
internal sealed class GroupMemberPageSpecification : Specification<GroupMemberRow>
{
    public GroupMemberPageSpecification(GroupRow group, IUserFilter filter, RowVisibility visible, PageWindow window)
    {
        Query
            .Where(member => member.GroupId == group.Id)
            .VisibleTo(visible, member => member.UserId);
        filter.Restrict(Query);
        Query
            .OrderBy(member => member.SortName)
            .After(member => member.UserId, window.AfterId)
            .Counted(window.IsCounted)
            .Skip(window.Offset)
            .Take(window.Limit, window.Limit > 0);
        if (visible.IsAll && window.AfterId is null && filter.WholeGroup == SeatGroup.Everybody)
            Query.CountBy(new MaintainedCount(group.IsEverybody ? CountEverybody : CountStored, new { counted = group.Id }));
    }

    private const string CountStored = "select members from groups.group_counts where group_id = @counted";
    private const string CountEverybody = "select coalesce((select members from contracts.organization_counts where organization_id = @counted), 0)";
}

/// <summary>The members of a group as a file.</summary>
internal static class GroupMemberFile
{
    public static CsvTable<ReducedUser> Table { get; } = new("group_members.csv",
    [
        new("user_id", member => member.Id),
        new("username", member => member.Username),
        new("name", member => member.Name),
        new("email", member => member.Email),
        new("status", member => member.Status),
        new("login_type", member => member.LoginType),
        new("is_service_account", member => member.IsServiceAccount),
        new("last_seen_at", member => member.LastSeenAt),
        new("created_at", member => member.CreatedAt),
    ]);
}
