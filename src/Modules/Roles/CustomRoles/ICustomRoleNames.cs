namespace Monolith.Roles.CustomRoles;

/// <summary>A seam for tests of role changes: which custom roles exist.</summary>
internal interface ICustomRoleNames
{
    /// <summary>Those of <paramref name="names"/> that exist, compared exactly. They stay until the transaction ends.</summary>
    Task<IReadOnlyList<string>> ExistingAsync(Guid organizationId, IReadOnlyCollection<string> names, CancellationToken cancellationToken);
}
