using Monolith.Roles.Authorizer;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.CustomRoles;

/// <summary>A seam for tests of the compiler: what custom roles hold.</summary>
internal interface ICustomRoleTexts
{
    /// <summary>The roles of these ids that exist.</summary>
    Task<IReadOnlyList<CustomRole>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>Custom roles in the form that decisions read. The permissions of a role are read and compiled once for each of its versions. Scoped.</summary>
internal sealed class CustomRoleCompiler(CustomRoleCache cache, ICustomRoleTexts texts)
{
    private static readonly Dictionary<(Guid OrganizationId, string Name), CompiledRole> None = [];

    /// <summary>By organization and name. A role that went away since it was named is missing; one that changed is as it is now.</summary>
    public async ValueTask<IReadOnlyDictionary<(Guid OrganizationId, string Name), CompiledRole>> CompileAsync(
        IReadOnlyList<CustomRoleFacts> roles, CancellationToken cancellationToken)
    {
        if (roles.Count == 0)
            return None;
        var compiled = new Dictionary<(Guid OrganizationId, string Name), CompiledRole>(roles.Count);
        var missing = new List<Guid>();
        foreach (var role in roles)
        {
            if (cache.Find(role.Id, role.Version) is { } known)
                compiled[(role.OrganizationId, role.Name)] = known;
            else
                missing.Add(role.Id);
        }

        if (missing.Count > 0)
        {
            foreach (var role in await texts.ReadAsync(missing, cancellationToken))
                compiled[(role.OrganizationId, role.Name)] = cache.Add(role.Id, role.Version, Compile(role.PermissionList()));
        }

        return compiled;
    }

    // A type or action that this version no longer knows grants nothing.
    public static CompiledRole Compile(IEnumerable<PermissionView> permissions) =>
        CompiledRole.Compile(new PermissionLists { Organization = [.. permissions.Select(view => view.Parse()).OfType<Permission>()] });
}
