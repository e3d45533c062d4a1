using Monolith.Kernel.Results;
using Monolith.Roles.Assignment;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.CustomRoles;

namespace Monolith.Roles.Tests;

/// <summary>Roles specification 4.1 and 6.3, contract section 6.</summary>
public sealed class AssignmentTests
{
    private readonly RoleAssignment _assignment;

    public AssignmentTests()
    {
        var names = Substitute.For<ICustomRoleNames>();
        names.ExistingAsync(Ids.Org, Arg.Any<IReadOnlyCollection<string>>(), Arg.Any<CancellationToken>())
            .Returns(call => (string[])[.. call.ArgAt<IReadOnlyCollection<string>>(1).Where(name => name == "builder")]);
        _assignment = new RoleAssignment(names);
    }

    [Theory]
    [InlineData("owner", "owner auditor member template-admin user-admin", "organization-admin organization-member organization-auditor organization-user-admin organization-template-admin organization-workspace-creation-ban organization-workspace-access custom-organization-role")]
    [InlineData("user-admin", "member", "organization-member organization-workspace-access")]
    [InlineData("auditor", "", "")]
    [InlineData("template-admin", "", "")]
    [InlineData("organization-admin:org", "", "organization-admin organization-member organization-auditor organization-user-admin organization-template-admin organization-workspace-creation-ban organization-workspace-access custom-organization-role")]
    [InlineData("organization-user-admin:org", "", "organization-member organization-workspace-access")]
    [InlineData("organization-admin:other-org", "", "")]
    [InlineData("member", "", "")]
    public void Matrix(string actor, string site, string organization)
    {
        var subject = Actors.Isolated(Ids.Me, actor);
        string[] siteNames = ["owner", "auditor", "member", "template-admin", "user-admin"];
        string[] organizationNames =
            [.. BuiltInRoles.AssignableOrganization.Select(role => role.Name), "organization-member", "organization-service-account", "custom-organization-role"];
        Assert.Equal(Split(site), siteNames.Where(name => AssignmentMatrix.Allows(subject, name, null)).ToHashSet());
        Assert.Equal(Split(organization), organizationNames.Where(name => AssignmentMatrix.Allows(subject, name, Ids.Org)).ToHashSet());
    }

    [Theory]
    [InlineData("owner", "", "owner auditor", null, "")]
    [InlineData("owner", "auditor", "", null, "")]
    [InlineData("owner", "", "nobody", ErrorKind.BadRequest, "is not a supported role")]
    [InlineData("owner", "", "organization-admin", ErrorKind.BadRequest, "is not a supported role")]
    [InlineData("owner", "dangling", "", ErrorKind.BadRequest, "is not a supported role")]
    [InlineData("owner", "", "agents-access", ErrorKind.BadRequest, "retired")]
    [InlineData("owner", "agents-access", "auditor", null, "")]
    [InlineData("user-admin", "", "owner", ErrorKind.BadRequest, "not authorized to assign role")]
    [InlineData("user-admin", "auditor", "", ErrorKind.BadRequest, "not authorized to assign role")]
    [InlineData("user-admin", "auditor", "auditor", null, "")]
    [InlineData("auditor", "", "owner", ErrorKind.Forbidden, "")]
    [InlineData("auditor", "owner", "owner", ErrorKind.Forbidden, "")]
    public void Site_change(string actor, string stored, string wanted, ErrorKind? kind, string text) =>
        Expect(kind, text, _assignment.CheckSite(Actors.Member(actor), [.. Split(stored)], [.. Split(wanted)]));

    [Theory]
    [InlineData("owner", "", "organization-admin builder", null, "")]
    [InlineData("organization-admin:org", "builder", "organization-auditor", null, "")]
    [InlineData("organization-user-admin:org", "", "organization-workspace-access", null, "")]
    [InlineData("organization-user-admin:org", "", "organization-member", null, "")]
    [InlineData("user-admin", "", "builder", ErrorKind.BadRequest, "not authorized to assign role")]
    [InlineData("organization-user-admin:org", "organization-admin", "", ErrorKind.BadRequest, "not authorized to assign role")]
    [InlineData("owner", "", "organization-service-account", ErrorKind.BadRequest, "not authorized to assign role")]
    [InlineData("owner", "", "Builder", ErrorKind.BadRequest, "is not a supported role")]
    [InlineData("owner", "", "owner", ErrorKind.BadRequest, "is not a supported role")]
    [InlineData("owner", "", "organization-admin:x", ErrorKind.BadRequest, "suffix")]
    [InlineData("owner", "", "agents-access", ErrorKind.BadRequest, "retired")]
    [InlineData("auditor", "", "organization-admin", ErrorKind.Forbidden, "")]
    [InlineData("auditor", "builder", "builder", ErrorKind.Forbidden, "")]
    public async Task Organization_change(string actor, string stored, string wanted, ErrorKind? kind, string text) =>
        Expect(kind, text, await _assignment.CheckOrganizationAsync(Actors.Member(actor), Ids.Org, [.. Split(stored)], [.. Split(wanted)], CancellationToken.None));

    [Theory]
    [InlineData("owner", "organization-workspace-access", true)]
    [InlineData("user-admin", "organization-workspace-access", true)]
    [InlineData("organization-user-admin:org", "organization-workspace-access", true)]
    [InlineData("organization-auditor:org", "organization-workspace-access", false)]
    [InlineData("owner", "organization-admin", true)]
    [InlineData("organization-admin:org", "organization-admin", true)]
    [InlineData("user-admin", "organization-admin", false)]
    [InlineData("organization-user-admin:org", "organization-admin", false)]
    [InlineData("user-admin", "agents-access", true)]
    public void New_member(string actor, string defaults, bool allowed) =>
        Assert.Equal(allowed ? null : Error.Forbidden, _assignment.CheckNewMember(Actors.Member(actor), Ids.Org, Split(defaults)));

    [Fact]
    public void Text_that_is_no_role_name_is_not_repeated() =>
        Assert.DoesNotContain("@", _assignment.CheckSite(Actors.Member("owner"), [], ["someone@example.com"])!.Message, StringComparison.Ordinal);

    [Fact]
    public void Names_for_answers_leave_out_implied_and_retired_ones()
    {
        var names = new RoleNames();
        Assert.Equal(["Auditor", ""], names.Site(["zzz", "member", "auditor", "agents-access", "auditor"]).Select(role => role.DisplayName));
        var inOrganization = names.Organization(
            Ids.Org, ["organization-member", "builder", "agents-access", "organization-admin", "gone"], new Dictionary<string, string> { ["builder"] = "Builder" });
        Assert.Equal([("builder", "Builder"), ("gone", ""), ("organization-admin", "Organization Admin")], inOrganization.Select(role => (role.Name, role.DisplayName)));
        Assert.All(inOrganization, role => Assert.Equal(Ids.Org, role.OrganizationId));
    }

    private static void Expect(ErrorKind? kind, string text, Error? error)
    {
        Assert.Equal(kind, error?.Kind);
        Assert.Contains(text, error?.Message ?? "", StringComparison.Ordinal);
    }

    private static HashSet<string> Split(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
