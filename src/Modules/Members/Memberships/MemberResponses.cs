using System.Text.Json;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Memberships;

/// <summary>The response of add and set-roles.</summary>
internal sealed record OrganizationMember(Guid UserId, Guid OrganizationId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<SlimRole> Roles);

/// <summary>A membership with the data of its user. <c>has_ai_seat</c> is always present.</summary>
internal sealed record OrganizationMemberWithUserData(
    Guid UserId,
    Guid OrganizationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<SlimRole> Roles,
    string Username,
    string Name,
    string AvatarUrl,
    string Email,
    IReadOnlyList<SlimRole> GlobalRoles,
    bool HasAiSeat,
    DateTimeOffset LastSeenAt,
    DateTimeOffset UserCreatedAt,
    DateTimeOffset UserUpdatedAt,
    [property: OneOf(typeof(UserStatus))] string Status,
    [property: OneOf(typeof(LoginType))] string LoginType,
    bool IsServiceAccount)
{
    public static OrganizationMemberWithUserData From(MemberRow row, IRoleNames roles, IReadOnlySet<Guid> seatHolders) => new(
        row.UserId,
        row.OrganizationId,
        row.CreatedAt,
        row.UpdatedAt,
        roles.Organization(row.OrganizationId, row.Roles, CustomNames(row.CustomRoleNames)),
        row.Username,
        row.Name,
        row.AvatarUrl,
        row.Email,
        roles.Site(row.SiteRoles),
        seatHolders.Contains(row.UserId),
        row.LastSeenAt,
        row.UserCreatedAt,
        row.UserUpdatedAt,
        row.Status,
        row.LoginType,
        row.IsServiceAccount);

    private static Dictionary<string, string>? CustomNames(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(json, WireJson.Options);
}

/// <summary>Membership rows as responses, with the AI-seat flag: one look-up for all of them.</summary>
internal sealed class MemberResponses(AiSeatEnrichment seats, IRoleNames roles, ResponseHeaders notes)
{
    public async Task<IReadOnlyList<OrganizationMemberWithUserData>> ToResponsesAsync(IReadOnlyList<MemberRow> rows, CancellationToken cancellationToken)
    {
        var holders = await seats.HoldersAmongAsync(rows.Select(row => row.UserId).ToArray(), cancellationToken);
        return rows.Select(row => OrganizationMemberWithUserData.From(row, roles, holders)).ToArray();
    }

    /// <summary>One membership, entity tag included.</summary>
    public async Task<OrganizationMemberWithUserData> ToResponseAsync(MemberRow row, CancellationToken cancellationToken)
    {
        var member = (await ToResponsesAsync([row], cancellationToken))[0];
        notes.EntityTag(RoleTag.Of(row.Roles, member));
        return member;
    }
}
