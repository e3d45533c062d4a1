namespace Monolith.Roles.Contracts;

/// <summary>How many members hold the roles of an organization, for the pages of this module. Implemented by the Members module.</summary>
public interface IRoleHolders
{
    /// <summary>One query. Null when the caller may not read the members of the organization, or the organization itself.</summary>
    Task<RoleHolders?> CountAsync(string organization, CancellationToken cancellationToken);
}

/// <summary>The holders of an organization's roles, by bare name.</summary>
/// <param name="Direct">Memberships that store the role; a role that none stores is absent. System users are not counted.</param>
/// <param name="OfEverybody">Roles that every member holds on top: <c>default_org_member_roles</c>.</param>
public sealed record RoleHolders(IReadOnlyDictionary<string, long> Direct, IReadOnlyCollection<string> OfEverybody);
