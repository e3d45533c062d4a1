using Monolith.Roles.Authorizer;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Assignment;

/// <summary>Expands stored, implied and default names (roles specification 1.5). Scoped.</summary>
internal sealed class SubjectFactory(CustomRoleCompiler compiler, DeploymentRoles deployment) : ISubjects
{
    public async ValueTask<Subject> CreateAsync(SubjectFacts facts, CancellationToken cancellationToken) =>
        Create(facts, deployment, await compiler.CompileAsync(facts.CustomRoles, cancellationToken));

    internal static Subject Create(
        SubjectFacts facts, DeploymentRoles deployment, IReadOnlyDictionary<(Guid OrganizationId, string Name), CompiledRole> customRoles)
    {
        var held = new List<HeldRole>();

        Hold(deployment.Member, null);
        foreach (var name in facts.SiteRoles)
            Hold(deployment.FindSite(name), null);
        foreach (var membership in facts.Memberships)
        {
            var id = membership.OrganizationId;
            Hold(SystemRoles.Implied(facts.IsServiceAccount, membership.Sharing), id);
            foreach (var name in membership.Roles.Union(membership.DefaultRoles))
            {
                // Built-in names come first, so a custom role of the same name never replaces one.
                if (BuiltInRoles.FindOrganization(name) is { } role)
                    Hold(role, id);
                else if (!RoleName.IsRetired(name) && customRoles.TryGetValue((id, name), out var compiled))
                    held.Add(new HeldRole(name, id, compiled, IsBuiltIn: false));
            }
        }

        return new RoleSubject(facts.UserId, held, Scopes.Of(facts.Scopes, facts.AllowList));

        void Hold(BuiltInRole? role, Guid? organizationId)
        {
            if (role is not null)
                held.Add(role.HeldIn(organizationId));
        }
    }
}
