using Monolith.Kernel.Authorization;
using Monolith.Roles.Assignment;
using Monolith.Roles.Authorizer;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Tests;

/// <summary>Subjects for tests: real users through the factory, and roles in isolation.</summary>
internal static class Actors
{
    private static readonly DeploymentRoles Deployment = new(new RoleOptions());

    /// <summary>A real member of the organization with the usual default role; <c>name</c> is a site role, <c>name:org</c> one in the organization.</summary>
    public static Subject Member(params string[] roles) => Create(new SubjectFacts(
        Ids.Me, false, Site(roles), [new MembershipFacts(Ids.Org, InOrg(roles), [RoleName.OrganizationWorkspaceAccess])], [], ["coder:all"]));

    public static Subject ServiceAccount() => Create(new SubjectFacts(
        Ids.Me, true, [], [new MembershipFacts(Ids.Org, [], [RoleName.OrganizationWorkspaceAccess])], [], ["coder:all"]));

    public static Subject Scoped(string[] scopes, params string[] roles) => Create(new SubjectFacts(
        Ids.Me, false, Site(roles), [new MembershipFacts(Ids.Org, InOrg(roles), [RoleName.OrganizationWorkspaceAccess])], [], scopes));

    /// <summary>A real user; <paramref name="custom"/> are the custom roles that exist, with what they grant.</summary>
    public static Subject Create(SubjectFacts facts, params IEnumerable<(Guid Organization, string Name, IEnumerable<PermissionView> Permissions)> custom) =>
        SubjectFactory.Create(facts, Deployment, custom.ToDictionary(role => (role.Organization, role.Name), role => CustomRoleCompiler.Compile(role.Permissions)));

    /// <summary>Exactly the built-in roles given, nothing implied. <c>name:org-name</c> for organization roles.</summary>
    public static RoleSubject Isolated(Guid userId, params IEnumerable<string> roles)
    {
        var held = new List<HeldRole>();
        foreach (var text in roles)
        {
            var parts = text.Split(':');
            Guid? organization = parts.Length == 2 ? Ids.Of(parts[1]) : null;
            var role = organization is null ? BuiltInRoles.FindSite(parts[0]) : BuiltInRoles.FindOrganization(parts[0]);
            Assert.NotNull(role);
            held.Add(role.HeldIn(organization));
        }

        return new RoleSubject(userId, held, Scopes.Of(["coder:all"]));
    }

    /// <summary>A subject made of raw permission lists.</summary>
    public static RoleSubject Of(params (Guid? Organization, PermissionLists Lists)[] roles) => new(Ids.Me, Held(roles), Scopes.Of(["coder:all"]));

    /// <summary>Raw permission lists as roles called <c>role-0</c>, <c>role-1</c>, …</summary>
    public static IReadOnlyList<HeldRole> Held(IReadOnlyList<(Guid? Organization, PermissionLists Lists)> roles) =>
        [.. roles.Select((role, i) => new HeldRole($"role-{i}", role.Organization, CompiledRole.Compile(role.Lists), IsBuiltIn: false))];

    private static string[] Site(string[] roles) => [.. roles.Where(role => !role.EndsWith(":org", StringComparison.Ordinal))];

    private static string[] InOrg(string[] roles) =>
        [.. roles.Where(role => role.EndsWith(":org", StringComparison.Ordinal)).Select(role => role[..^4])];
}
