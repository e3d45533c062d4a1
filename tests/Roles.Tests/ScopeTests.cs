using Monolith.Kernel.Authorization;
using Monolith.Roles.Authorizer;
using static Monolith.Roles.Authorizer.Grant;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

public sealed class ScopeTests
{
    private static readonly ResourceObject Mine = new(T.Workspace, OrganizationId: Ids.Org, OwnerId: Ids.Me);
    private static readonly ResourceObject Theirs = Mine with { OwnerId = Ids.Other };

    [Fact]
    public void Application_connect_limits_an_owner_to_that_action()
    {
        var owner = Actors.Scoped(["coder:application_connect"], "owner");
        Assert.True(owner.Can(A.ApplicationConnect, Theirs));
        Assert.False(owner.Can(A.Read, Theirs) || owner.Can(A.Update, Theirs) || owner.Can(A.Delete, Theirs));
        Assert.False(owner.Visible(A.Read, T.Workspace).Everything);
    }

    [Fact]
    public void A_scope_adds_nothing_to_roles()
    {
        var member = Actors.Scoped(["coder:application_connect"]);
        Assert.True(member.Can(A.ApplicationConnect, Mine));
        Assert.False(member.Can(A.ApplicationConnect, Theirs));
        Assert.False(member.Can(A.ApplicationConnect, Mine with { OrganizationId = Ids.OtherOrg }));
        Assert.False(member.Can(A.Read, ResourceObject.In(T.Template, Ids.Org)));
    }

    [Theory]
    [InlineData(new[] { "coder:all" }, true, true)]
    [InlineData(new[] { "workspace:read" }, true, false)]
    [InlineData(new[] { "workspace:*" }, true, true)]
    [InlineData(new[] { "workspace:read", "workspace:ssh" }, true, true)]
    [InlineData(new[] { "coder:workspaces.access" }, true, true)]
    [InlineData(new[] { "coder:workspaces.operate" }, true, false)]
    [InlineData(new[] { "coder:templates.author" }, false, false)]
    [InlineData(new[] { "no_user_data" }, true, true)]
    [InlineData(new[] { "workspace:assign", "*:*", "nonsense", "a:b:c", "" }, false, false)]
    [InlineData(new string[0], false, false)]
    public void Named_scopes(string[] scopes, bool read, bool ssh)
    {
        var member = Actors.Scoped(scopes);
        Assert.Equal(read, member.Can(A.Read, Mine));
        Assert.Equal(ssh, member.Can(A.Ssh, Mine));
    }

    [Fact]
    public void No_user_data_hides_users() => Assert.False(Actors.Scoped(["no_user_data"], "owner").Can(A.Read, ResourceObject.User(Ids.Me)));

    [Fact]
    public void An_allow_list_names_single_objects_or_objects_without_id()
    {
        var id = Ids.Of("workspace");
        var one = Owner(new Scope([], PermissionSet.Compile([.. Allow(T.Workspace, A.Read)]), new AllowEntry(T.Workspace, id)));
        Assert.True(one.Can(A.Read, Mine with { Id = id }));
        Assert.False(one.Can(A.Read, Mine) || one.Can(A.Read, Mine with { Id = Ids.Other }) || one.Can(A.Update, Mine with { Id = id }));

        var fresh = Owner(new Scope([], PermissionSet.Compile([.. Allow(T.Workspace, A.Create)]), new AllowEntry(T.Workspace, null)));
        Assert.True(fresh.Can(A.Create, Mine));
        Assert.False(fresh.Can(A.Create, Mine with { Id = id }));
    }

    private static RoleSubject Owner(Scope scope) =>
        new(Ids.Me, [BuiltIn.SiteRoles.Owner.HeldIn(null)], scope);
}
