using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiSeats;

/// <summary>Somebody with evidence of AI use, as the list reads it.</summary>
internal sealed class SeatRow : IFilterableUser
{
    public required Guid UserId { get; init; }

    /// <summary>The display order: the username in lower case, beside the evidence.</summary>
    public string SortName { get; init; } = "";

    public bool IsDeleted { get; init; }

    public required string Username { get; init; }

    public string UsernameFolded { get; init; } = "";

    public string EmailFolded { get; init; } = "";

    public required string Name { get; init; }

    public string NameFolded { get; init; } = "";

    public required string AvatarUrl { get; init; }

    public required string Status { get; init; }

    public string LoginType { get; init; } = "";

    public string[] SiteRoles { get; init; } = [];

    public long GithubUserId { get; init; }

    public bool IsServiceAccount { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset UserCreatedAt { get; init; }

    public required bool HoldsSeat { get; init; }

    public required DateTimeOffset FirstUsedAt { get; init; }

    public required DateTimeOffset LastUsedAt { get; init; }

    public DateTimeOffset? SeatLastUsedAt => LastUsedAt;

    public required string LastEventType { get; init; }

    public required string LastEventDescription { get; init; }
}

internal static class SeatMap
{
    public static TableMap<SeatRow> Table { get; } = new(
        """
        entitlements.ai_seat_state seat
        join contracts.searched_users person on person.id = seat.user_id
        """,
        row => row.UserId,
        columns => columns
            .Read(row => row.UserId, "seat.user_id")
            .FilterBy(row => row.SortName, "seat.sort_name")
            .FilterBy(row => row.IsDeleted, "seat.is_deleted")
            .Read(row => row.Username, "person.username")
            .FilterBy(row => row.UsernameFolded, "person.username_folded")
            .FilterBy(row => row.EmailFolded, "person.email_folded")
            .Read(row => row.Name, "person.name")
            .FilterBy(row => row.NameFolded, "person.name_folded")
            .Read(row => row.AvatarUrl, "person.avatar_url")
            .Read(row => row.Status, "person.status")
            .FilterBy(row => row.LoginType, "person.login_type")
            .FilterBy(row => row.SiteRoles, "person.site_roles")
            .FilterBy(row => row.GithubUserId, "person.github_user_id")
            .Read(row => row.IsServiceAccount, "person.is_service_account")
            .Read(row => row.LastSeenAt, "person.last_seen_at")
            .FilterBy(row => row.UserCreatedAt, "person.created_at")
            .Read(row => row.HoldsSeat, "seat.counted")
            .Read(row => row.FirstUsedAt, "seat.first_used_at")
            .Read(row => row.LastUsedAt, "seat.last_used_at")
            .FilterBy(row => row.SeatLastUsedAt, "seat.last_used_at")
            .Read(row => row.LastEventType, "seat.last_event_type")
            .Read(row => row.LastEventDescription, "seat.last_event_description"))
    {
        // The users who are not deleted are the same in both sources.
        PageFrom = new PageSource(
            "entitlements.ai_seat_state seat",
            new HashSet<string> { nameof(SeatRow.UserId), nameof(SeatRow.SortName), nameof(SeatRow.IsDeleted), nameof(SeatRow.HoldsSeat), nameof(SeatRow.FirstUsedAt), nameof(SeatRow.LastUsedAt) }),
        // A page may begin after anybody who ever was: with evidence or without, deleted or not.
        Cursor = new CursorSource(
            "entitlements.user_standing c where c.user_id = @cursor",
            new Dictionary<string, string> { [nameof(SeatRow.SortName)] = "c.sort_name" }),
    };
}
