using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

/// <summary>A user on the wire. <c>last_seen_at</c> of somebody never seen is <c>0001-01-01T00:00:00Z</c>.</summary>
internal sealed record User(
    Guid Id,
    string Username,
    string Name,
    string AvatarUrl,
    string Email,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset LastSeenAt,
    [property: OneOf(typeof(UserStatus))] string Status,
    [property: OneOf(typeof(LoginType))] string LoginType,
    bool IsServiceAccount,
    IReadOnlyList<Guid> OrganizationIds,
    IReadOnlyList<SlimRole> Roles,
    bool HasAiSeat)
{
    public static User From(UserRow row, IRoleNames roles, IReadOnlySet<Guid> seatHolders) => new(
        row.Id,
        row.Username,
        row.Name,
        row.AvatarUrl,
        row.Email,
        row.CreatedAt,
        row.UpdatedAt,
        row.LastSeenAt,
        row.Status,
        row.LoginType,
        row.IsServiceAccount,
        row.OrganizationIds,
        roles.Site(row.SiteRoles),
        seatHolders.Contains(row.Id));
}

/// <summary>User rows as responses, with the AI-seat flag: one look-up for all of them.</summary>
internal sealed class UserResponses(IReadStore<UserRow> users, AiSeatEnrichment seats, IRoleNames roles, ResponseHeaders notes)
{
    public async Task<IReadOnlyList<User>> ToResponsesAsync(IReadOnlyList<UserRow> rows, CancellationToken cancellationToken)
    {
        var holders = await seats.HoldersAmongAsync(rows.Select(row => row.Id).ToArray(), cancellationToken);
        return rows.Select(row => User.From(row, roles, holders)).ToArray();
    }

    /// <summary>The user as it stands now, entity tag included. Null when there is no such user; deleted users are found.</summary>
    public async Task<User?> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await users.SingleOrDefaultAsync(new UserById(userId), cancellationToken) is not { } row)
            return null;
        var user = (await ToResponsesAsync([row], cancellationToken))[0];
        notes.EntityTag(RoleTag.Of(row.SiteRoles, user));
        return user;
    }
}

internal sealed class UserById : SingleResultSpecification<UserRow>
{
    public UserById(Guid id) => Query.Where(user => user.Id == id);
}
