using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Roles.Assignment;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.Tests;

/// <summary>Members specification 4.4, checks 5 and 6; contract section 6.</summary>
public sealed class DefaultRolesTests
{
    private readonly IRoleAssignment _assignment = Substitute.For<IRoleAssignment>();
    private readonly IEntitlements _entitlements = Substitute.For<IEntitlements>();
    private readonly Subject _actor = Substitute.For<Subject>();

    [Theory]
    [InlineData("no-such-role")]
    [InlineData("member")]
    [InlineData("organization-member")]
    [InlineData("organization-service-account")]
    [InlineData("agents-access")]
    public async Task A_name_that_is_no_built_in_role_is_400_whatever_is_licensed(string name)
    {
        var refusal = (await CheckAsync(["organization-auditor"], name))!;
        Assert.Equal(ErrorKind.BadRequest, refusal.Kind);
        Assert.Contains("Invalid default_org_member_roles entry", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(name, refusal.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_feature_only_the_default_of_the_deployment_may_be_written()
    {
        Assert.Equal(ErrorKind.Forbidden, (await CheckAsync(["organization-workspace-access"]))!.Kind);
        Assert.Equal(ErrorKind.Forbidden, (await CheckAsync(["organization-workspace-access"], "organization-workspace-access", "organization-auditor"))!.Kind);
        Assert.Null(await CheckAsync(["organization-auditor"], "organization-workspace-access"));
        Assert.Null(await CheckAsync(["organization-auditor"], "organization-auditor"));
    }

    [Fact]
    public async Task With_the_feature_a_change_is_checked_like_one_of_a_member_and_no_change_is_not()
    {
        _entitlements.IsUsable(FeatureNames.CustomRoles).Returns(true);
        _assignment.CheckOrganizationAsync(default!, default, default!, default!, default).ReturnsForAnyArgs(Error.Forbidden);
        Assert.Equal(Error.Forbidden, await CheckAsync(["organization-auditor"]));
        Assert.Null(await CheckAsync(["organization-auditor", "organization-admin"], "organization-admin", "organization-auditor"));
    }

    [Fact]
    public void Retired_names_are_not_shown() =>
        Assert.Equal(["organization-auditor"], new DefaultRoles(_assignment, _entitlements).Shown(["agents-access", "organization-auditor"]));

    private Task<Error?> CheckAsync(string[] stored, params string[] wanted) =>
        new DefaultRoles(_assignment, _entitlements).CheckAsync(_actor, Ids.Org, stored, wanted, CancellationToken.None);
}
