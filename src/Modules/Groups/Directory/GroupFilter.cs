using Dapper;

namespace Monolith.Groups.Directory;

/// <summary>Which groups a list is about. Everything that is set must hold.</summary>
/// <param name="OrganizationId">Of this organization.</param>
/// <param name="Ids">Of these.</param>
/// <param name="MemberIds">With at least one of these users as a member, so far as the caller may read that.</param>
/// <param name="Text">Part of the name or of the display name, in lower case.</param>
internal sealed record GroupFilter(Guid? OrganizationId = null, IReadOnlyCollection<Guid>? Ids = null, IReadOnlyCollection<Guid>? MemberIds = null, string? Text = null);

/// <summary>The groups that a caller may see, by name.</summary>
internal sealed class VisibleGroups : Specification<GroupRow>
{
    public VisibleGroups(GroupFilter filter, GroupAccess access, PageWindow window)
    {
        var visible = access.Groups();
        Query
            .Where(group => group.OrganizationId == filter.OrganizationId, filter.OrganizationId is not null)
            .Where(group => filter.Ids!.Contains(group.Id), filter.Ids is not null)
            .Where(group => visible.Ids!.Contains(group.Id), visible.Ids is not null)
            .Where(group => group.NameFolded.Contains(filter.Text!) || group.DisplayNameFolded.Contains(filter.Text!), filter.Text is not null)
            .Within(group => group.Id, filter.MemberIds is null ? null : GroupSets.Of(filter.MemberIds, access.Members()))
            .Within(group => group.Id, visible.Everything ? null : GroupSets.Readable(visible, access))
            .OrderBy(group => group.NameFolded)
            .ThenBy(group => group.Id)
            .After(group => group.Id, window.AfterId)
            .Counted(window.IsCounted)
            .Skip(window.Offset)
            .Take(window.Limit, window.Limit > 0);
        if (visible is { Everything: true, Ids: null } && filter is { OrganizationId: { } organization, Ids: null, MemberIds: null, Text: null } && window.AfterId is null)
            Query.CountBy(new MaintainedCount(CountAll, new { counted_in = organization }));
    }

    // The group of everybody is not stored.
    private const string CountAll = "select 1 + coalesce((select groups from groups.organization_counts where organization_id = @counted_in), 0)";
}

/// <summary>Sets of groups, as statements.</summary>
internal static class GroupSets
{
    /// <summary>The groups of users, everybody's included, by the memberships that the caller may read.</summary>
    public static RowSet Of(IReadOnlyCollection<Guid> userIds, MembershipVisibility visible)
    {
        var parameters = visible.Parameters();
        parameters.Add("of_users", userIds.ToArray());
        return new(OfUsers, parameters);
    }

    /// <summary>The groups of the organizations that the caller's roles show, and those that the caller is in.</summary>
    public static RowSet Readable(VisibleRows rows, GroupAccess access) => new(
        ByRoleOrMembership,
        new DynamicParameters(new { shown_in = rows.Organizations.ToArray(), reader = access.SeesOwn() ? access.CallerId : (Guid?)null }));

    private const string OfUsers =
        $"""
        select m.group_id
        from groups.group_members m
        where m.user_id = any (@of_users)
          and {MembershipVisibility.Condition}
        union all
        select m.organization_id
        from contracts.organization_members m
        where m.user_id = any (@of_users)
          and not m.is_system
          and {MembershipVisibility.Condition}
        """;

    private const string ByRoleOrMembership =
        """
        select id
        from groups.groups
        where organization_id = any (@shown_in)
        union all
        select unnest(@shown_in)
        union all
        select group_id
        from groups.group_members
        where user_id = @reader
        union all
        select organization_id
        from contracts.organization_members
        where user_id = @reader
        """;
}
