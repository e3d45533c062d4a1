using Monolith.Entitlements.Contracts;

namespace Monolith.Groups.Directory;

/// <summary>A member of a group.</summary>
internal sealed class GroupMemberRow : IFilterableUser
{
    public required Guid GroupId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The display order: the username in lower case, beside the membership.</summary>
    public string SortName { get; init; } = "";

    public required string Username { get; init; }

    public string UsernameFolded { get; init; } = "";

    public string EmailFolded { get; init; } = "";

    public string NameFolded { get; init; } = "";

    public required string Name { get; init; }

    public string AvatarUrl { get; init; } = "";

    public string Email { get; init; } = "";

    public required string Status { get; init; }

    public string LoginType { get; init; } = "";

    public string[] SiteRoles { get; init; } = [];

    public long GithubUserId { get; init; }

    public bool IsServiceAccount { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset UserCreatedAt { get; init; }

    public DateTimeOffset UserUpdatedAt { get; init; }

    public bool HoldsSeat { get; init; }

    public DateTimeOffset? SeatLastUsedAt { get; init; }
}

/// <summary>Where members of groups are: those of a stored group beside it, everybody in the organization.</summary>
internal static class GroupMemberMap
{
    public static TableMap<GroupMemberRow> Stored { get; } = Of("groups.group_members m", "m.group_id");

    public static TableMap<GroupMemberRow> Everybody { get; } = Of("(select * from contracts.organization_members where not is_system) m", "m.organization_id");

    private static TableMap<GroupMemberRow> Of(string memberships, string group) => new(
        $"{memberships}\njoin contracts.searched_users u on u.id = m.user_id",
        row => row.UserId,
        columns => columns
            .Read(row => row.GroupId, group)
            .Read(row => row.UserId, "m.user_id")
            .FilterBy(row => row.SortName, "m.sort_name")
            .Read(row => row.Username, "u.username")
            .FilterBy(row => row.UsernameFolded, "u.username_folded")
            .FilterBy(row => row.EmailFolded, "u.email_folded")
            .FilterBy(row => row.NameFolded, "u.name_folded")
            .Read(row => row.Name, "u.name")
            .Read(row => row.AvatarUrl, "u.avatar_url")
            .Read(row => row.Email, "u.email")
            .Read(row => row.Status, "u.status")
            .Read(row => row.LoginType, "u.login_type")
            .FilterBy(row => row.SiteRoles, "u.site_roles")
            .FilterBy(row => row.GithubUserId, "u.github_user_id")
            .Read(row => row.IsServiceAccount, "u.is_service_account")
            .Read(row => row.LastSeenAt, "u.last_seen_at")
            .Read(row => row.UserCreatedAt, "u.created_at")
            .Read(row => row.UserUpdatedAt, "u.updated_at")
            .FilterBy(row => row.SeatLastUsedAt, "(select h.last_used_at from contracts.ai_seat_holders h where h.user_id = m.user_id)")
            .FilterBy(row => row.HoldsSeat, SeatStanding.Holds("m.sort_name"), SeatStanding.HoldsNone("m.sort_name")))
    {
        // Whoever is deleted is a member of nothing, so the narrow source holds the same rows.
        PageFrom = new PageSource(memberships, new HashSet<string> { nameof(GroupMemberRow.GroupId), nameof(GroupMemberRow.UserId), nameof(GroupMemberRow.SortName), nameof(GroupMemberRow.HoldsSeat) }),
        PageKeys = [nameof(GroupMemberRow.GroupId), nameof(GroupMemberRow.UserId)],
        Cursor = new CursorSource("contracts.searched_users c where c.id = @cursor", new Dictionary<string, string> { [nameof(GroupMemberRow.SortName)] = "c.username_folded" }),
    };
}

/// <summary>One member.</summary>
internal sealed class MemberOfGroup : SingleResultSpecification<GroupMemberRow>
{
    public MemberOfGroup(Guid groupId, Guid userId) => Query.Where(member => member.GroupId == groupId && member.UserId == userId);
}

/// <summary>All members that the caller may read, in display order.</summary>
internal sealed class MembersOfGroup : Specification<GroupMemberRow>
{
    public MembersOfGroup(Guid groupId, RowVisibility visible) => Query
        .Where(member => member.GroupId == groupId)
        .VisibleTo(visible, member => member.UserId)
        .OrderBy(member => member.SortName);
}
