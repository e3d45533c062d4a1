using Monolith.BuildingBlocks.Specifications;
using Monolith.Members.Search;

namespace Monolith.Members.Data;

/// <summary>A membership with its user, as lists and single answers read it.</summary>
internal sealed class MemberRow : IPersonRow
{
    public required Guid UserId { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string SortName { get; init; }

    public required string[] Roles { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string Username { get; init; }

    /// <summary>For search: the same text as <see cref="SortName"/>, where the text indexes are.</summary>
    public required string UsernameFolded { get; init; }

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
        new Dictionary<string, string>
        {
            [nameof(MemberRow.UserId)] = "m.user_id",
            [nameof(MemberRow.OrganizationId)] = "m.organization_id",
            [nameof(MemberRow.SortName)] = "m.sort_name",
            [nameof(MemberRow.Roles)] = "m.roles",
            [nameof(MemberRow.CreatedAt)] = "m.created_at",
            [nameof(MemberRow.UpdatedAt)] = "m.updated_at",
            [nameof(MemberRow.Username)] = "u.username",
            [nameof(MemberRow.UsernameFolded)] = "u.username_folded",
            [nameof(MemberRow.Name)] = "u.name",
            [nameof(MemberRow.AvatarUrl)] = "u.avatar_url",
            [nameof(MemberRow.Email)] = "u.email",
            [nameof(MemberRow.EmailFolded)] = "u.email_folded",
            [nameof(MemberRow.NameFolded)] = "u.name_folded",
            [nameof(MemberRow.SiteRoles)] = "u.site_roles",
            [nameof(MemberRow.Status)] = "u.status",
            [nameof(MemberRow.LoginType)] = "u.login_type",
            [nameof(MemberRow.GithubUserId)] = "u.github_user_id",
            [nameof(MemberRow.IsServiceAccount)] = "u.is_service_account",
            [nameof(MemberRow.IsSystem)] = "m.is_system",
            [nameof(MemberRow.LastSeenAt)] = "u.last_seen_at",
            [nameof(MemberRow.UserCreatedAt)] = "u.created_at",
            [nameof(MemberRow.UserUpdatedAt)] = "u.updated_at",
            [nameof(MemberRow.HoldsSeat)] = "exists (select 1 from contracts.ai_seat_holders h where h.user_id = m.user_id)",
            [nameof(MemberRow.CustomRoleNames)] =
                """
                (case when cardinality(m.roles) = 0 then null else
                    (select jsonb_object_agg(c.name, c.display_name)::text
                     from contracts.custom_roles c
                     where c.organization_id = m.organization_id and c.name = any (m.roles)) end)
                """,
        },
        nameof(MemberRow.UserId),
        nameof(MemberRow.SortName),
        nameof(MemberRow.UsernameFolded),
        nameof(MemberRow.EmailFolded),
        nameof(MemberRow.NameFolded),
        nameof(MemberRow.GithubUserId),
        nameof(MemberRow.IsSystem),
        nameof(MemberRow.HoldsSeat))
    {
        // Deleting a user deletes the memberships, so the narrow source holds the same rows.
        PageFrom = new PageSource("members.organization_members m", new HashSet<string> { nameof(MemberRow.UserId), nameof(MemberRow.OrganizationId), nameof(MemberRow.SortName), nameof(MemberRow.IsSystem) }),
        PageKeys = [nameof(MemberRow.OrganizationId), nameof(MemberRow.UserId)],
        Cursor = PersonOrder.Cursor(nameof(MemberRow.SortName)),
        FewValues = PersonOrder.FewValues,
    };
}
