namespace Monolith.Roles.Contracts;

/// <summary>A role on offer.</summary>
/// <param name="Name">The bare name.</param>
/// <param name="DisplayName">What people read; never empty.</param>
/// <param name="Description">One sentence about what it allows; empty for custom roles.</param>
/// <param name="Assignable">May the caller hand it out and take it away?</param>
/// <param name="BuiltIn">False for custom roles.</param>
public sealed record RoleOption(string Name, string DisplayName, string Description, bool Assignable, bool BuiltIn);

/// <summary>The roles that pages of other modules offer. It asks for the caller's permissions.</summary>
public interface IRoleCatalog
{
    /// <summary>Site roles, without the implied <c>member</c>; 403 without the permission to read them.</summary>
    Task<Result<IReadOnlyList<RoleOption>>> SiteAsync(CancellationToken cancellationToken);

    /// <summary>Roles of an organization, custom ones included; 404 without the permission to read them.</summary>
    Task<Result<IReadOnlyList<RoleOption>>> OrganizationAsync(string organization, CancellationToken cancellationToken);
}
