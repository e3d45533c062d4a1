using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Directory;

/// <summary>A user as lists and single answers read it.</summary>
internal sealed class UserRow : IUserListRow
{
    public required Guid Id { get; init; }

    public required string Username { get; init; }

    public required string UsernameFolded { get; init; }

    public required string Email { get; init; }

    public required string EmailFolded { get; init; }

    public required string Name { get; init; }

    public required string NameFolded { get; init; }

    public required string AvatarUrl { get; init; }

    public required string Status { get; init; }

    public required string LoginType { get; init; }

    public required string[] SiteRoles { get; init; }

    public required long GithubUserId { get; init; }

    public required bool IsServiceAccount { get; init; }

    public required bool IsSystem { get; init; }

    public required bool Deleted { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UserCreatedAt => CreatedAt;

    public string SortName { get => field ?? UsernameFolded; init; }

    public string UserSortName => UsernameFolded;

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The last request; of somebody who was never here the time of creation.</summary>
    public DateTimeOffset AwaySince => LastSeenAt == DateTimeOffset.MinValue ? CreatedAt : LastSeenAt;

    /// <summary>In ascending order. The database does not sort them: where a walk must not sort its rows, it would look for these in an index that has their order.</summary>
    public required Guid[] OrganizationIds { get; init => field = value.Length < 2 ? value : [.. value.Order()]; }

    /// <summary>Part of the AI-seat filter; the flag of the answer comes from the enrichment.</summary>
    public bool HoldsSeat { get; init; }

    public DateTimeOffset? SeatLastUsedAt { get; init; }
}

internal static class UserMap
{
    /// <summary>Of <c>members.users u</c>, as the index <c>users_away</c> has it.</summary>
    public const string AwaySince = "(case when u.last_seen_at = '-infinity' then u.created_at else u.last_seen_at end)";

    public static TableMap<UserRow> Table { get; } = new(
        "members.users u",
        row => row.Id,
        columns => columns
            .Read(row => row.Id, "u.id")
            .Read(row => row.Username, "u.username")
            .FilterBy(row => row.UsernameFolded, "u.username_folded")
            .Read(row => row.Email, "u.email")
            .FilterBy(row => row.EmailFolded, "u.email_folded")
            .Read(row => row.Name, "u.name")
            .FilterBy(row => row.NameFolded, "u.name_folded")
            .Read(row => row.AvatarUrl, "u.avatar_url")
            .Read(row => row.Status, "u.status")
            .Read(row => row.LoginType, "u.login_type")
            .Read(row => row.SiteRoles, "u.site_roles")
            .FilterBy(row => row.GithubUserId, "u.github_user_id")
            .Read(row => row.IsServiceAccount, "u.is_service_account")
            .FilterBy(row => row.IsSystem, "u.is_system")
            .FilterBy(row => row.Deleted, "u.deleted")
            .Read(row => row.CreatedAt, "u.created_at")
            .FilterBy(row => row.UserCreatedAt, "u.created_at")
            .FilterBy(row => row.SortName, "u.username_folded")
            .FilterBy(row => row.UserSortName, "u.username_folded")
            .Read(row => row.UpdatedAt, "u.updated_at")
            .Read(row => row.LastSeenAt, "u.last_seen_at")
            .FilterBy(row => row.AwaySince, AwaySince)
            // An organization that is deleted has no members.
            .Read(row => row.OrganizationIds,
                """
                array(select m.organization_id
                      from members.organization_members m
                      where m.user_id = u.id)
                """)
            .FilterBy(row => row.SeatLastUsedAt, "(select h.last_used_at from contracts.ai_seat_holders h where h.user_id = u.id)")
            .FilterBy(row => row.HoldsSeat, SeatStanding.Holds("u.username_folded"), SeatStanding.HoldsNone("u.username_folded")))
    {
        // The same table: what an index holds is found without a look at the rows.
        PageFrom = new PageSource(
            "members.users u",
            new HashSet<string> { nameof(UserRow.Id), nameof(UserRow.SortName), nameof(UserRow.UserSortName), nameof(UserRow.UsernameFolded), nameof(UserRow.EmailFolded), nameof(UserRow.NameFolded), nameof(UserRow.IsSystem), nameof(UserRow.Deleted), nameof(UserRow.HoldsSeat) }),
        Counting = DirectoryCounts.Of("members.users u", "members.users"),
        Cursor = UserListOrder.Cursor(nameof(UserRow.SortName)),
        EnumeratedColumns = UserListOrder.EnumeratedColumns,
    };
}
