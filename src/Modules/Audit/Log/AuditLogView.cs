using System.Text.Json.Serialization;
using Monolith.Roles.Contracts;

namespace Monolith.Audit.Log;

/// <summary>A row of the log on the wire. Ids that there are none of are the zero uuid, <c>user</c> is null for strangers and the program itself, and <c>organization</c> is left out where there is none.</summary>
internal sealed record AuditLog(
    Guid Id,
    string RequestId,
    DateTimeOffset Time,
    string Ip,
    string UserAgent,
    string ResourceType,
    Guid ResourceId,
    string ResourceTarget,
    string ResourceIcon,
    string Action,
    IReadOnlyDictionary<string, AuditDiffField> Diff,
    int StatusCode,
    AuditDetails AdditionalFields,
    string Description,
    string ResourceLink,
    bool IsDeleted,
    Guid OrganizationId,
    AuditOrganization? Organization,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] AuditUser? User)
{
    public static AuditLog From(AuditLogRow row, IRoleNames roles)
    {
        var diff = AuditDiff.Of(row);
        return new(
            row.Id,
            row.RequestId ?? Guid.Empty.ToString("D"),
            row.At,
            row.Address ?? "",
            row.UserAgent ?? "",
            row.ResourceType,
            row.ResourceId ?? Guid.Empty,
            row.Target ?? "",
            "",
            row.Action,
            diff,
            row.Status,
            AuditDetails.Of(row),
            AuditSentence.Of(row, diff),
            AuditLink.Of(row),
            row.IsDeleted,
            row.OrganizationId ?? Guid.Empty,
            row is { OrganizationId: { } organization, OrganizationName: { } name } ? new(organization, name, row.OrganizationDisplayName ?? "", "") : null,
            AuditUser.Of(row, roles));
    }
}

/// <summary>What a row says beyond its fields: of a sum of refusals, which operation, how many times, and when the last time was.</summary>
internal sealed record AuditDetails(string? Operation, int? Occurrences, DateTimeOffset? LastTime)
{
    public static AuditDetails Of(AuditLogRow row) => new(row.Operation, row.Occurrences > 1 ? row.Occurrences : null, row.LastAt);
}

/// <summary>The organization of a row, by its name of today.</summary>
internal sealed record AuditOrganization(Guid Id, string Name, string DisplayName, string Icon);

/// <summary>Who did it, as they are today. Organizations and AI seats are not told here.</summary>
internal sealed record AuditUser(
    Guid Id,
    string Username,
    string Name,
    string AvatarUrl,
    string Email,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset LastSeenAt,
    [property: OneOf("UserStatus", "active", "dormant", "suspended")] string Status,
    [property: OneOf("LoginType", "password", "github", "oidc", "token", "none")] string LoginType,
    bool IsServiceAccount,
    IReadOnlyList<Guid> OrganizationIds,
    IReadOnlyList<SlimRole> Roles,
    bool HasAiSeat)
{
    public static AuditUser? Of(AuditLogRow row, IRoleNames roles) => row is { ActorId: { } id, Username: { } username }
        ? new(
            id,
            username,
            row.Name,
            row.AvatarUrl,
            row.Email,
            row.UserCreatedAt.GetValueOrDefault(),
            row.UserUpdatedAt.GetValueOrDefault(),
            row.LastSeenAt.GetValueOrDefault(),
            row.UserStatus,
            row.LoginType,
            row.IsServiceAccount,
            [],
            roles.Site(row.SiteRoles),
            false)
        : null;
}
