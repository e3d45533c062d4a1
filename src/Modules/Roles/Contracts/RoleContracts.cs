namespace Monolith.Roles.Contracts;

/// <summary>A role as it stands in users and members.</summary>
/// <param name="Name">The bare name.</param>
/// <param name="DisplayName">What people read; "" for a name that resolves to nothing.</param>
/// <param name="OrganizationId">The organization; null (left out) for site roles.</param>
public sealed record SlimRole(string Name, string DisplayName, Guid? OrganizationId = null);

/// <summary>Everything a <see cref="Subject"/> is made of, as loaded by the request's first query.</summary>
/// <param name="UserId">The user.</param>
/// <param name="IsServiceAccount">Service accounts hold <c>organization-service-account</c> in place of <c>organization-member</c>.</param>
/// <param name="SiteRoles">Stored site role names, without the implied <c>member</c>.</param>
/// <param name="Memberships">One entry for each membership.</param>
/// <param name="CustomRoles">The custom roles that the memberships name.</param>
/// <param name="Scopes">Canonical scope names of the API key; <c>coder:all</c> for a session. A name that is not known grants nothing.</param>
/// <param name="AllowList">
/// Entries <c>type:id</c> in the form of <see cref="IKeyScopes.CanonicalTarget"/>: the key reaches these objects only. Null: every object.
/// An entry that cannot be read opens nothing.
/// </param>
public sealed record SubjectFacts(
    Guid UserId,
    bool IsServiceAccount,
    IReadOnlyList<string> SiteRoles,
    IReadOnlyList<MembershipFacts> Memberships,
    IReadOnlyList<CustomRoleFacts> CustomRoles,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string>? AllowList = null);

/// <summary>One membership: stored role names and the organization's default role names, all bare.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="Roles">Held by the member.</param>
/// <param name="DefaultRoles">Held by everybody in the organization.</param>
/// <param name="Sharing">Who may share workspaces there: a name of <see cref="WorkspaceSharing"/>.</param>
public sealed record MembershipFacts(Guid OrganizationId, IReadOnlyList<string> Roles, IReadOnlyList<string> DefaultRoles, string Sharing = WorkspaceSharing.Everyone);

/// <summary>A custom role of an organization, as <c>contracts.custom_roles</c> tells it. What it grants is not among the facts: it is read once for each version.</summary>
/// <param name="OrganizationId">Its organization.</param>
/// <param name="Name">Its lower-case name.</param>
/// <param name="Id">Its id.</param>
/// <param name="Version">Another one whenever its permissions are.</param>
public sealed record CustomRoleFacts(Guid OrganizationId, string Name, Guid Id, int Version);

/// <summary>Builds subjects. Once a request; cheap, because the built-in tables and every version of a custom role are compiled once. Scoped.</summary>
public interface ISubjects
{
    /// <summary>Names that resolve to nothing grant nothing. Reads custom roles that this process has not met in this version.</summary>
    ValueTask<Subject> CreateAsync(SubjectFacts facts, CancellationToken cancellationToken);
}

/// <summary>Names of roles for answers. Retired names are never shown.</summary>
public interface IRoleNames
{
    /// <summary>Site roles for an answer, in stable order, without <c>member</c> and retired names.</summary>
    IReadOnlyList<SlimRole> Site(IEnumerable<string> stored);

    /// <summary>Organization roles for an answer, in stable order, without implied and retired names.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="stored">Stored bare names.</param>
    /// <param name="customDisplayNames">Display names of custom roles by name; null when there are none.</param>
    IReadOnlyList<SlimRole> Organization(Guid organizationId, IEnumerable<string> stored, IReadOnlyDictionary<string, string>? customDisplayNames);
}

/// <summary>The checks of every role change (roles specification 6.3 and the assignment matrix 4.1).</summary>
public interface IRoleAssignment
{
    /// <summary>May <paramref name="actor"/> replace site roles? Null when yes; 403 without the permission, 400 for everything else.</summary>
    Error? CheckSite(Subject actor, IReadOnlyCollection<string> stored, IReadOnlyCollection<string> wanted);

    /// <summary>May <paramref name="actor"/> replace a member's roles? Reads the custom roles that are named.</summary>
    Task<Error?> CheckOrganizationAsync(
        Subject actor,
        Guid organizationId,
        IReadOnlyCollection<string> stored,
        IReadOnlyCollection<string> wanted,
        CancellationToken cancellationToken);

    /// <summary>
    /// May <paramref name="actor"/> hand out what adding a member hands out: the implied <c>organization-member</c> role and the default roles of the organization? 403 when not.
    /// Else whoever may add people could raise themself or a friend through an organization with a high default.
    /// </summary>
    Error? CheckNewMember(Subject actor, Guid organizationId, IReadOnlyCollection<string> defaultRoles);
}
