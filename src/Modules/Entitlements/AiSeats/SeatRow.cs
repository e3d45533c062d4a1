using Monolith.BuildingBlocks.Specifications;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiSeats;

/// <summary>Somebody with evidence of AI use, as the list reads it.</summary>
internal sealed class SeatRow : ISearchedUser
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
        new Dictionary<string, string>
        {
            [nameof(SeatRow.UserId)] = "seat.user_id",
            [nameof(SeatRow.SortName)] = "seat.sort_name",
            [nameof(SeatRow.IsDeleted)] = "seat.is_deleted",
            [nameof(SeatRow.Username)] = "person.username",
            [nameof(SeatRow.UsernameFolded)] = "person.username_folded",
            [nameof(SeatRow.EmailFolded)] = "person.email_folded",
            [nameof(SeatRow.Name)] = "person.name",
            [nameof(SeatRow.NameFolded)] = "person.name_folded",
            [nameof(SeatRow.AvatarUrl)] = "person.avatar_url",
            [nameof(SeatRow.Status)] = "person.status",
            [nameof(SeatRow.LoginType)] = "person.login_type",
            [nameof(SeatRow.SiteRoles)] = "person.site_roles",
            [nameof(SeatRow.GithubUserId)] = "person.github_user_id",
            [nameof(SeatRow.IsServiceAccount)] = "person.is_service_account",
            [nameof(SeatRow.LastSeenAt)] = "person.last_seen_at",
            [nameof(SeatRow.UserCreatedAt)] = "person.created_at",
            [nameof(SeatRow.HoldsSeat)] = "seat.counted",
            [nameof(SeatRow.FirstUsedAt)] = "seat.first_used_at",
            [nameof(SeatRow.LastUsedAt)] = "seat.last_used_at",
            [nameof(SeatRow.LastEventType)] = "seat.last_event_type",
            [nameof(SeatRow.LastEventDescription)] = "seat.last_event_description",
        },
        nameof(SeatRow.UserId),
        nameof(SeatRow.SortName),
        nameof(SeatRow.IsDeleted),
        nameof(SeatRow.UsernameFolded),
        nameof(SeatRow.EmailFolded),
        nameof(SeatRow.NameFolded),
        nameof(SeatRow.LoginType),
        nameof(SeatRow.SiteRoles),
        nameof(SeatRow.GithubUserId),
        nameof(SeatRow.LastSeenAt),
        nameof(SeatRow.UserCreatedAt))
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
