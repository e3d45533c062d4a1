using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Tests;

/// <summary>Roles specification 5.4 to 5.7.</summary>
public sealed class CustomRoleRulesTests
{
    private static readonly PermissionView ReadTemplates = new(false, "template", "read");

    [Theory]
    [InlineData("owner", "workspace", "read", false, null)]
    [InlineData("owner", "workspace", "view_insights", false, "invalid action")]
    [InlineData("owner", "foobar", "read", false, "invalid resource")]
    [InlineData("owner", "workspace", "read", true, "no negative permissions")]
    [InlineData("owner", "workspace", "*", false, "no wildcard symbols")]
    [InlineData("owner", "*", "read", false, "no wildcard symbols")]
    [InlineData("owner", "user_secret", "read", false, "not allowed to grant this permission")]
    [InlineData("organization-admin:org", "workspace", "read", false, null)]
    [InlineData("organization-admin:org", "workspace", "ssh", false, "not allowed to grant this permission")]
    public void Permissions(string actor, string type, string action, bool negate, string? detail)
    {
        var error = Check(Role("builder") with { OrganizationPermissions = [ReadTemplates, new PermissionView(negate, type, action)] }, actor);
        Assert.Equal(detail is null, error is null);
        Assert.Contains(detail ?? "", error?.Detail ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("Owner")]
    [InlineData("organization-member")]
    [InlineData("Organization-Service-Account")]
    [InlineData("agents-access")]
    [InlineData("new")]
    [InlineData("create")]
    public void Reserved_names(string name) => Assert.Contains("Reserved", Check(Role(name), "owner")!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-1-b", true)]
    [InlineData("Bad_Name", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a123456789012345678901234567890123", false)]
    public void Names(string? name, bool wellFormed) => Assert.Equal(wellFormed, RoleName.IsWellFormed(name));

    [Fact]
    public void Other_levels_are_refused_before_the_permission_is_looked_at()
    {
        Assert.Contains("site wide permissions", Check(Role("a") with { SitePermissions = [ReadTemplates] }, "auditor")!.Message, StringComparison.Ordinal);
        Assert.Contains("not allowed to assign user permissions", Check(Role("a") with { UserPermissions = [ReadTemplates] }, "auditor")!.Message, StringComparison.Ordinal);
        Assert.Contains(
            "not allowed to assign organization member permissions for an organization role",
            Check(Role("a") with { OrganizationMemberPermissions = [ReadTemplates] }, "auditor")!.Message,
            StringComparison.Ordinal);
        Assert.Equal(Error.NotFound, Check(Role("a"), "auditor"));
        Assert.NotNull(Check(Role("a") with { OrganizationPermissions = [null] }, "owner"));
    }

    private static CustomRoleRequest Role(string name) => new(name, null, null, null, null, null);

    private static Error? Check(CustomRoleRequest role, string actor) =>
        CustomRoleRules.Check(role, Actors.Member(actor), PermissionAction.Create, Ids.Org);
}
