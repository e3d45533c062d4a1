using Monolith.BuildingBlocks.Authorization;
using Monolith.Roles.Authorizer;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

/// <summary>Expands stored, implied and default names (roles specification 1.5).</summary>
internal sealed class SubjectFactory(CustomRoleCompiler compiler) : ISubjects
{
    public Subject Create(SubjectFacts facts)
    {
        var grants = new GrantsBuilder();
        var held = new List<HeldRole>();
        var customRoles = facts.CustomRoles.ToDictionary(role => (role.OrganizationId, role.Name), role => role.PermissionsJson);

        Hold(SiteRoles.Member, null);
        foreach (var name in facts.SiteRoles)
            Hold(BuiltInRoles.FindSite(name), null);
        foreach (var membership in facts.Memberships)
        {
            var id = membership.OrganizationId;
            Hold(facts.IsServiceAccount ? SystemRoles.OrganizationServiceAccount : SystemRoles.OrganizationMember, id);
            foreach (var name in membership.Roles.Concat(membership.DefaultRoles))
            {
                // Built-in names come first, so a custom role of the same name never replaces one.
                if (BuiltInRoles.FindOrganization(name) is { } role)
                    Hold(role, id);
                else if (!RoleName.IsRetired(name) && customRoles.TryGetValue((id, name), out var permissions))
                    grants.Add(compiler.Compile(permissions), id);
            }
        }

        return new RoleSubject(facts.UserId, grants.Build(), Scopes.Of(facts.Scopes, facts.AllowList), held);

        void Hold(BuiltInRole? role, Guid? organizationId)
        {
            if (role is null)
                return;
            grants.Add(role.Compiled, organizationId);
            held.Add(new HeldRole(role.Name, organizationId));
        }
    }
}
