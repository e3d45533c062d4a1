using Monolith.BuildingBlocks.Specifications;
using Monolith.Members.Search;

namespace Monolith.Members.Data;

/// <summary>A user as lists and single answers read it.</summary>
internal sealed class UserRow : IPersonRow
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

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required Guid[] OrganizationIds { get; init; }

    /// <summary>Part of the AI-seat filter; the flag of the answer comes from the enrichment.</summary>
    public bool HoldsSeat { get; init; }
}

internal static class UserMap
{
    public static TableMap<UserRow> Table { get; } = new(
        "members.users u",
        new Dictionary<string, string>
        {
            [nameof(UserRow.Id)] = "u.id",
            [nameof(UserRow.Username)] = "u.username",
            [nameof(UserRow.UsernameFolded)] = "u.username_folded",
            [nameof(UserRow.Email)] = "u.email",
            [nameof(UserRow.EmailFolded)] = "u.email_folded",
            [nameof(UserRow.Name)] = "u.name",
            [nameof(UserRow.NameFolded)] = "u.name_folded",
            [nameof(UserRow.AvatarUrl)] = "u.avatar_url",
            [nameof(UserRow.Status)] = "u.status",
            [nameof(UserRow.LoginType)] = "u.login_type",
            [nameof(UserRow.SiteRoles)] = "u.site_roles",
            [nameof(UserRow.GithubUserId)] = "u.github_user_id",
            [nameof(UserRow.IsServiceAccount)] = "u.is_service_account",
            [nameof(UserRow.IsSystem)] = "u.is_system",
            [nameof(UserRow.Deleted)] = "u.deleted",
            [nameof(UserRow.CreatedAt)] = "u.created_at",
            [nameof(UserRow.UserCreatedAt)] = "u.created_at",
            [nameof(UserRow.SortName)] = "u.username_folded",
            [nameof(UserRow.UpdatedAt)] = "u.updated_at",
            [nameof(UserRow.LastSeenAt)] = "u.last_seen_at",
            [nameof(UserRow.OrganizationIds)] =
                """
                array(select m.organization_id
                      from members.organization_members m
                      join members.organizations o on o.id = m.organization_id and not o.deleted
                      where m.user_id = u.id
                      order by m.organization_id)
                """,
            [nameof(UserRow.HoldsSeat)] = "exists (select 1 from contracts.ai_seat_holders h where h.user_id = u.id)",
        },
        nameof(UserRow.Id),
        nameof(UserRow.UsernameFolded),
        nameof(UserRow.SortName),
        nameof(UserRow.UserCreatedAt),
        nameof(UserRow.EmailFolded),
        nameof(UserRow.NameFolded),
        nameof(UserRow.GithubUserId),
        nameof(UserRow.IsSystem),
        nameof(UserRow.Deleted),
        nameof(UserRow.HoldsSeat))
    {
        Cursor = PersonOrder.Cursor(nameof(UserRow.SortName)),
        FewValues = PersonOrder.FewValues,
    };
}
