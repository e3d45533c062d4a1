using Monolith.Kernel.Authorization;
using Monolith.Roles.Authorizer;
using static Monolith.Roles.Authorizer.Grant;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

/// <summary>Negation and the member level, which the conformance table hardly touches: roles specification 1.7.</summary>
public sealed class LevelTests
{
    private static readonly PermissionLists AllowOrg = new() { Organization = [.. Allow(T.Workspace, A.Read)] };
    private static readonly PermissionLists DenyOrg = new() { Organization = [.. Deny(T.Workspace, A.Read)] };
    private static readonly PermissionLists AllowMember = new() { Member = [.. Allow(T.Workspace, A.Read)] };
    private static readonly PermissionLists DenyMember = new() { Member = [.. Deny(T.Workspace, A.Any)] };
    private static readonly PermissionLists AllowSite = new() { Site = [.. Allow(T.Workspace, A.Read)] };
    private static readonly PermissionLists DenySite = new() { Site = [.. Deny(T.Any, A.Any)] };
    private static readonly PermissionLists AllowUser = new() { User = [.. Allow(T.Workspace, A.Read)] };
    private static readonly PermissionLists Nothing = new();

    private static readonly ResourceObject Mine = new(T.Workspace, OrganizationId: Ids.Org, OwnerId: Ids.Me);
    private static readonly ResourceObject Theirs = Mine with { OwnerId = Ids.Other };

    private static bool Read(ResourceObject target, params (Guid? Organization, PermissionLists Lists)[] roles) =>
        Actors.Of(roles).Can(A.Read, target);

    [Fact]
    public void A_site_grant_is_final() => Assert.True(Read(Theirs, (null, AllowSite), (Ids.Org, DenyOrg), (Ids.Org, DenyMember)));

    [Fact]
    public void A_site_denial_is_final() => Assert.False(Read(Mine, (null, AllowSite), (null, DenySite), (Ids.Org, AllowOrg), (Ids.Org, AllowMember)));

    [Fact]
    public void An_organization_denial_cancels_organization_and_member_grants_of_all_roles()
    {
        Assert.False(Read(Mine, (Ids.Org, AllowOrg), (Ids.Org, DenyOrg)));
        Assert.False(Read(Mine, (Ids.Org, AllowMember), (Ids.Org, DenyOrg)));
    }

    [Fact]
    public void An_organization_denial_stays_in_its_organization() =>
        Assert.True(Read(Mine, (Ids.Org, AllowMember), (Ids.OtherOrg, DenyOrg)));

    [Fact]
    public void A_member_denial_cancels_member_grants_only()
    {
        Assert.False(Read(Mine, (Ids.Org, AllowMember), (Ids.Org, DenyMember)));
        Assert.True(Read(Mine, (Ids.Org, AllowOrg), (Ids.Org, DenyMember)));
    }

    [Fact]
    public void The_member_level_needs_the_owner_and_the_organization()
    {
        Assert.True(Read(Mine, (Ids.Org, AllowMember)));
        Assert.False(Read(Theirs, (Ids.Org, AllowMember)));
        Assert.False(Read(Mine with { OwnerId = null }, (Ids.Org, AllowMember)));
        Assert.False(Read(Mine with { OrganizationId = Ids.OtherOrg }, (Ids.Org, AllowMember)));
        Assert.False(Read(Mine with { OrganizationId = null }, (Ids.Org, AllowMember)));
    }

    [Fact]
    public void The_user_level_applies_outside_organizations_only()
    {
        Assert.True(Read(Mine with { OrganizationId = null }, (Ids.Org, AllowUser)));
        Assert.False(Read(Mine, (Ids.Org, AllowUser)));
        Assert.False(Read(Mine with { OrganizationId = null, AnyOrganization = true }, (Ids.Org, AllowUser)));
    }

    [Fact]
    public void Any_organization_takes_the_highest_vote_and_wins_over_the_organization()
    {
        var anywhere = Mine with { AnyOrganization = true };
        Assert.True(Read(anywhere, (Ids.Org, DenyOrg), (Ids.OtherOrg, AllowOrg)));
        Assert.True(Read(anywhere, (Ids.Org, DenyMember), (Ids.OtherOrg, AllowMember)));
        Assert.False(Read(anywhere, (Ids.Org, DenyOrg)));
        Assert.False(Read(anywhere with { OwnerId = null }, (Ids.OtherOrg, AllowMember)));
        Assert.False(Read(anywhere));
    }

    [Fact]
    public void Undeclared_pairs_are_refused_to_everybody()
    {
        var everything = Actors.Of((null, new PermissionLists { Site = [.. Every(T.Any)] }));
        Assert.True(everything.Can(A.Read, ResourceObject.All(T.User)));
        Assert.False(everything.Can(A.Ssh, ResourceObject.All(T.User)));
        Assert.False(everything.Can(A.Any, ResourceObject.All(T.User)));
        Assert.False(everything.Can(A.Read, ResourceObject.All(T.Any)));
    }

    [Fact]
    public void An_access_list_needs_membership_and_is_not_cancelled_by_denials()
    {
        var acl = new AccessList(new Dictionary<Guid, IReadOnlyList<A>> { [Ids.Me] = [A.Read] }, new Dictionary<Guid, IReadOnlyList<A>>());
        var everyone = new AccessList(new Dictionary<Guid, IReadOnlyList<A>>(), new Dictionary<Guid, IReadOnlyList<A>> { [Ids.Org] = [A.Any] });
        Assert.True(Read(Theirs with { Acl = acl }, (Ids.Org, DenyOrg), (null, DenySite)));
        Assert.True(Read(Theirs with { Acl = everyone }, (Ids.Org, Nothing)));
        Assert.False(Read(Theirs with { Acl = acl }, (Ids.OtherOrg, Nothing)));
        Assert.False(Read(Theirs with { Acl = everyone }, (Ids.OtherOrg, Nothing)));
        Assert.False(Actors.Of((Ids.Org, Nothing)).Can(A.Update, Theirs with { Acl = acl }));
    }
}
