using Monolith.Roles.Authorizer;

namespace Monolith.Roles.BuiltIn;

/// <summary>What modules grant to built-in roles on resource types of their own.</summary>
internal static class DeclaredGrants
{
    private const string OrganizationRole = "organization-";

    public static PermissionLists To(string role)
    {
        var inOrganization = role.StartsWith(OrganizationRole, StringComparison.Ordinal);
        return new()
        {
            Site = inOrganization ? [] : Of(role, onOwn: false),
            User = inOrganization ? [] : Of(role, onOwn: true),
            Organization = inOrganization ? Of(role, onOwn: false) : [],
            Member = inOrganization ? Of(role, onOwn: true) : [],
        };
    }

    /// <summary>Throws <see cref="InvalidOperationException"/> when something is granted to a role that there is not, or an action that the type does not have.</summary>
    public static void Verify()
    {
        foreach (var (resource, grant) in ResourceCatalog.Declarations.SelectMany(one => one.Grants.Select(grant => (one, grant))))
        {
            if (BuiltInRoles.FindSite(grant.Role) is null && BuiltInRoles.FindOrganization(grant.Role) is null)
                throw new InvalidOperationException($"The resource type {resource.Name} is granted to {grant.Role}, which is no built-in role.");
            if (grant.Actions.Except(resource.Actions).Any())
                throw new InvalidOperationException($"The resource type {resource.Name} grants {grant.Role} an action that it does not declare.");
        }
    }

    private static IReadOnlyList<Permission> Of(string role, bool onOwn) =>
    [
        .. from resource in ResourceCatalog.Declarations
           from grant in resource.Grants
           where grant.Role == role && grant.OnOwn == onOwn
           from action in grant.Actions
           select new Permission(false, resource.Name, action),
    ];
}
