using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

/// <summary>Lists of groups with members: one statement for the groups of a batch, one for the members of all of them.</summary>
internal sealed class GroupListReader(IReadStore<GroupRow> groups, IGroupMembers members, GroupAccess access)
{
    /// <summary>A list shows the members of a group that has no more; a longer roster is the group's own route.</summary>
    public const int LongestRoster = 100;

    public RowStream<Group> Stream(GroupFilter filter, GroupFilterRequest request)
    {
        var among = request.MemberIds is null ? null : filter.MemberIds;
        return groups.Stream(new VisibleGroups(filter, access, PageWindow.Everything)).Select((rows, ct) => ToGroupsAsync(rows, among, request.LeavesMembersOut, ct));
    }

    private async Task<IReadOnlyList<Group>> ToGroupsAsync(IReadOnlyList<GroupRow> rows, IReadOnlyCollection<Guid>? among, bool excludeMembers, CancellationToken cancellationToken)
    {
        var shown = excludeMembers ? [] : among is null ? rows.Where(row => row.Members is > 0 and <= LongestRoster).ToList() : rows;
        if (shown.Count == 0)
            return [.. rows.Select(row => Group.From(row, []))];
        var found = await members.OfSeveralAsync(shown, among, access.Members(), cancellationToken);
        return [.. rows.Select(row => Group.From(row, [.. found[row.Id].Select(ReducedUser.From)]))];
    }
}
