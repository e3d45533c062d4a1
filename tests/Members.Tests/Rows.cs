using Monolith.Members.Directory;

namespace Monolith.Members.Tests;

/// <summary>Stored users and members, active and without rights.</summary>
internal static class Rows
{
    public static MemberRow Member(Guid id, string name, Guid organization, params string[] roles) => new()
    {
        UserId = id,
        OrganizationId = organization,
        SortName = Fold(name),
        UsernameFolded = Fold(name),
        Roles = roles,
        CreatedAt = default,
        UpdatedAt = default,
        Username = name,
        Name = name,
        AvatarUrl = "",
        Email = "",
        EmailFolded = "",
        NameFolded = Fold(name),
        SiteRoles = [],
        Status = "active",
        LoginType = "password",
        GithubUserId = 0,
        IsServiceAccount = false,
        IsSystem = false,
        LastSeenAt = default,
        UserCreatedAt = default,
        UserUpdatedAt = default,
    };

    public static UserRow User(Guid id, string name, Guid organization) => new()
    {
        Id = id,
        Username = name,
        UsernameFolded = Fold(name),
        Email = "",
        EmailFolded = "",
        Name = name,
        NameFolded = Fold(name),
        AvatarUrl = "",
        Status = "active",
        LoginType = "password",
        SiteRoles = [],
        GithubUserId = 0,
        IsServiceAccount = false,
        IsSystem = false,
        Deleted = false,
        CreatedAt = default,
        UpdatedAt = default,
        LastSeenAt = default,
        OrganizationIds = [organization],
    };

    private static string Fold(string name) => name.ToLowerInvariant();
}
