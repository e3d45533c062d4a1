namespace Monolith.Roles.Contracts;

/// <summary>The roles that every member of an organization holds on top of their own: <c>default_org_member_roles</c> (roles specification 6.5).</summary>
public interface IDefaultRoles
{
    /// <summary>What a new organization starts with: bare names.</summary>
    IReadOnlyList<string> OfDeployment { get; }

    /// <summary>May <paramref name="actor"/> replace the default roles? They go to everybody, so it takes what assigning each of them takes.</summary>
    /// <returns>Null when yes. 400 for a name that is no built-in organization role; 403 for anything but <see cref="OfDeployment"/> while <c>custom_roles</c> is not usable; else as <see cref="IRoleAssignment.CheckOrganizationAsync"/>.</returns>
    Task<Error?> CheckAsync(
        Subject actor,
        Guid organizationId,
        IReadOnlyCollection<string> stored,
        IReadOnlyCollection<string> wanted,
        CancellationToken cancellationToken);

    /// <summary>Stored names for an answer, without retired ones.</summary>
    IReadOnlyList<string> Shown(IEnumerable<string> stored);
}
