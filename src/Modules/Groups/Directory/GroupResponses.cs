using Monolith.Members.Contracts;

namespace Monolith.Groups.Directory;

/// <summary>A group on the wire. <paramref name="TotalMemberCount"/> is the true number, whatever the caller may read of <paramref name="Members"/>.</summary>
internal sealed record Group(
    Guid Id,
    string Name,
    string DisplayName,
    Guid OrganizationId,
    string OrganizationName,
    string OrganizationDisplayName,
    long TotalMemberCount,
    string AvatarUrl,
    int QuotaAllowance,
    string Source,
    IReadOnlyList<ReducedUser> Members)
{
    public static Group From(GroupRow row, IReadOnlyList<ReducedUser> members) => new(
        row.Id, row.Name, row.DisplayName, row.OrganizationId, row.OrganizationName, row.OrganizationDisplayName, row.Members, row.AvatarUrl, row.QuotaAllowance, row.Source, members);
}

/// <summary>A user as groups show them. <c>last_seen_at</c> of somebody never seen is <c>0001-01-01T00:00:00Z</c>.</summary>
internal sealed record ReducedUser(
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
    bool IsServiceAccount)
{
    public static ReducedUser From(GroupMemberRow row) => new(
        row.UserId, row.Username, row.Name, row.AvatarUrl, row.Email, row.UserCreatedAt, row.UserUpdatedAt, row.LastSeenAt, row.Status, row.LoginType, row.IsServiceAccount);

    public static Task<IReadOnlyList<ReducedUser>> FromAsync(IReadOnlyList<GroupMemberRow> rows, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReducedUser>>([.. rows.Select(From)]);
}

/// <summary>One group as an answer: whole, or with its members still to be read while it is written.</summary>
internal sealed record GroupDocument(Group Group, RowStream<ReducedUser>? Members = null)
{
    public IResult ToResult(int status = StatusCodes.Status200OK) =>
        Members is null ? ApiResults.Json(Group, status) : ListResults.Document(Group, WireJson.Name(nameof(Directory.Group.Members)), Members);
}

/// <summary>Groups as answers, entity tag included.</summary>
internal sealed class GroupResponses(IGroupMembers members, GroupAccess access, ResponseHeaders notes)
{
    /// <summary>What is longer is never held in memory.</summary>
    private const int LongestInMemory = PageWindow.LongestPage;

    public async Task<GroupDocument> ToDocumentAsync(GroupRow row, bool excludeMembers, CancellationToken cancellationToken)
    {
        var visible = access.MembersOf(row);
        if (excludeMembers || visible == RowVisibility.None)
            return Tagged(row, []);
        var stream = members.Of(row).Stream(new MembersOfGroup(row.Id, visible)).Select(ReducedUser.FromAsync);
        if (visible.IsAll && row.Members > LongestInMemory)
            return Tagged(row, []) with { Members = stream };
        return Tagged(row, (await stream.ToPageAsync(cancellationToken)).Rows);
    }

    private GroupDocument Tagged(GroupRow row, IReadOnlyList<ReducedUser> shown)
    {
        var group = Group.From(row, shown);
        notes.EntityTag(GroupTag.Of(row, group));
        return new GroupDocument(group);
    }
}
