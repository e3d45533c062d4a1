using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Directory;

/// <summary>A membership with its user, as lists and single answers read it.</summary>
internal sealed class MemberRow : IUserListRow
{
    public required Guid UserId { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string SortName { get; init; }

    public required string[] Roles { get; init; }

    /// <summary>Few members hold a role of their own: an index knows them.</summary>
    public bool HasRoles => Roles.Length > 0;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string Username { get; init; }

    /// <summary>For search: the same text as <see cref="SortName"/>.</summary>
    public required string UsernameFolded { get; init; }

    public string UserSortName => UsernameFolded;

    public required string Name { get; init; }

    public required string AvatarUrl { get; init; }

    public required string Email { get; init; }

    public required string EmailFolded { get; init; }

    public required string NameFolded { get; init; }

    public required string[] SiteRoles { get; init; }

    public required string Status { get; init; }

    public required string LoginType { get; init; }

    public required long GithubUserId { get; init; }

    public required bool IsServiceAccount { get; init; }

    public required bool IsSystem { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset UserCreatedAt { get; init; }

    public required DateTimeOffset UserUpdatedAt { get; init; }

    /// <summary>Part of the AI-seat filter; the flag of the answer comes from the enrichment.</summary>
    public bool HoldsSeat { get; init; }

    public DateTimeOffset? SeatLastUsedAt { get; init; }

    /// <summary>JSON object: custom role name to display name; null when the member holds none.</summary>
    public string? CustomRoleNames { get; init; }
}

internal static class MemberMap
{
    public static TableMap<MemberRow> Table { get; } = new(
        """
        members.organization_members m
        join members.users u on u.id = m.user_id and not u.deleted
        """,
        row => row.UserId,
        columns => columns
            .Read(row => row.UserId, "m.user_id")
            .Read(row => row.OrganizationId, "m.organization_id")
            .FilterBy(row => row.SortName, "m.sort_name")
            .Read(row => row.Roles, "m.roles")
            .FilterBy(row => row.HasRoles, "m.roles <> '{}'")
            .Read(row => row.CreatedAt, "m.created_at")
            .Read(row => row.UpdatedAt, "m.updated_at")
            .Read(row => row.Username, "u.username")
            .FilterBy(row => row.UsernameFolded, "m.sort_name")
            .FilterBy(row => row.UserSortName, "u.username_folded")
            .Read(row => row.Name, "u.name")
            .Read(row => row.AvatarUrl, "u.avatar_url")
            .Read(row => row.Email, "u.email")
            .FilterBy(row => row.EmailFolded, "m.email_folded")
            .FilterBy(row => row.NameFolded, "m.name_folded")
            .Read(row => row.SiteRoles, "u.site_roles")
            .Read(row => row.Status, "u.status")
            .Read(row => row.LoginType, "u.login_type")
            .FilterBy(row => row.GithubUserId, "u.github_user_id")
            .Read(row => row.IsServiceAccount, "u.is_service_account")
            .FilterBy(row => row.IsSystem, "m.is_system")
            .Read(row => row.LastSeenAt, "u.last_seen_at")
            .Read(row => row.UserCreatedAt, "u.created_at")
            .Read(row => row.UserUpdatedAt, "u.updated_at")
            .FilterBy(row => row.SeatLastUsedAt, "(select h.last_used_at from contracts.ai_seat_holders h where h.user_id = m.user_id)")
            .FilterBy(row => row.HoldsSeat, SeatStanding.Holds("m.sort_name"), SeatStanding.HoldsNone("m.sort_name"))
            .Read(row => row.CustomRoleNames,
                """
                (case when cardinality(m.roles) = 0 then null else
                    (select jsonb_object_agg(c.name, c.display_name)::text
                     from contracts.custom_roles c
                     where c.organization_id = m.organization_id and c.name = any (m.roles)) end)
                """))
    {
        // Deleting a user deletes the memberships, so the narrow source holds the same rows.
        PageFrom = new PageSource("members.organization_members m", new HashSet<string> { nameof(MemberRow.UserId), nameof(MemberRow.OrganizationId), nameof(MemberRow.SortName), nameof(MemberRow.UsernameFolded), nameof(MemberRow.EmailFolded), nameof(MemberRow.NameFolded), nameof(MemberRow.IsSystem), nameof(MemberRow.Roles), nameof(MemberRow.HasRoles), nameof(MemberRow.HoldsSeat) }),
        Counting = DirectoryCounts.Of("members.organization_members m", "members.organization_members"),
        PageKeys = [nameof(MemberRow.OrganizationId), nameof(MemberRow.UserId)],
        Cursor = UserListOrder.Cursor(nameof(MemberRow.SortName)),
        EnumeratedColumns = UserListOrder.EnumeratedColumns,
    };
}
