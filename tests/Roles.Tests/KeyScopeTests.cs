using Monolith.Kernel.Authorization;
using Monolith.Roles.Authorizer;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

/// <summary>Roles specification 1.10: every named scope, and what an API key may ask for.</summary>
public sealed class KeyScopeTests
{
    private static readonly KeyScopes Catalog = new();

    [Theory]
    [InlineData("coder:all", "*")]
    [InlineData("coder:application_connect", "workspace:application_connect")]
    [InlineData("coder:workspaces.create", "template:read template:use workspace:start workspace:stop workspace:create workspace:update workspace:read organization_member:read")]
    [InlineData("coder:workspaces.operate", "template:read workspace:start workspace:stop workspace:read workspace:update organization_member:read")]
    [InlineData("coder:workspaces.delete", "template:read template:use workspace:read workspace:delete organization_member:read")]
    [InlineData("coder:workspaces.access", "template:read organization_member:read workspace:read workspace:ssh workspace:application_connect")]
    [InlineData("coder:templates.build", "template:read file:create file:read provisioner_jobs:read")]
    [InlineData("coder:templates.author", "template:read template:create template:update template:delete template:view_insights file:create file:read")]
    [InlineData("coder:apikeys.manage_self", "api_key:read api_key:create api_key:update api_key:delete")]
    [InlineData("no_user_data", "* -user")]
    [InlineData("workspace:ssh", "workspace:ssh")]
    [InlineData("nonsense", "")]
    public void A_scope_permits_exactly_its_pairs(string scope, string pairs)
    {
        var expected = pairs.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var compiled = Scopes.Of([scope]);
        var permitted = from type in ResourceCatalog.Types
                        from action in ResourceCatalog.ActionsOf(type)
                        where compiled.Allows(action, ResourceObject.All(type))
                        select (type, action);
        Assert.Equal(
            from type in ResourceCatalog.Types
            from action in ResourceCatalog.ActionsOf(type)
            where (expected.Contains("*") && !expected.Contains($"-{type.WireName()}")) || expected.Contains($"{type.WireName()}:{action.WireName()}")
            select (type, action),
            permitted);
    }

    [Theory]
    [InlineData("all", "coder:all")]
    [InlineData("application_connect", "coder:application_connect")]
    [InlineData("coder:templates.author", "coder:templates.author")]
    [InlineData("workspace:*", "workspace:*")]
    [InlineData("no_user_data", null)]
    [InlineData("workspace:share", null)]
    [InlineData("license:create", null)]
    [InlineData("Workspace:read", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Canonical_name(string? name, string? canonical) => Assert.Equal(canonical, Catalog.Canonical(name));

    [Fact]
    public void What_people_may_ask_for_is_sorted_and_means_something()
    {
        Assert.Equal(Catalog.Requestable.Order(StringComparer.Ordinal), Catalog.Requestable);
        Assert.Equal(60 + 5 + 2 + 2 + 2, Catalog.Requestable.Count);
        Assert.All(Catalog.Requestable, name =>
        {
            Assert.Equal(name, Catalog.Canonical(name));
            var scope = Scopes.Of([name]);
            var grants = ResourceCatalog.Types.Any(type => ResourceCatalog.ActionsOf(type).Any(action => scope.Allows(action, ResourceObject.All(type))));

            // Clients may ask for what names a thing that is not here.
            Assert.Equal(name.Split(':')[0] is not ("user_memory" or "organization_skill"), grants);
        });
    }

    [Theory]
    [InlineData("*:*", "*:*")]
    [InlineData("workspace:*", "workspace:*")]
    [InlineData("workspace:5F0C7A52-6A2B-4C8E-9D5F-0A8A7D1C3E11", "workspace:5f0c7a52-6a2b-4c8e-9d5f-0a8a7d1c3e11")]
    [InlineData("rocket:*", null)]
    [InlineData("workspace:", null)]
    [InlineData("workspace", null)]
    [InlineData("workspace:a:b", null)]
    [InlineData(null, null)]
    public void Allow_list_entry(string? entry, string? canonical) => Assert.Equal(canonical, Catalog.CanonicalTarget(entry));

    [Theory]
    [InlineData("coder:all", "*:*", "coder:all", "*:*", true)]
    [InlineData("coder:all", "*:*", "workspace:read", "workspace:*", true)]
    [InlineData("workspace:*", "*:*", "workspace:read", "*:*", true)]
    [InlineData("workspace:read", "*:*", "workspace:*", "*:*", false)]
    [InlineData("coder:apikeys.manage_self", "*:*", "coder:all", "*:*", false)]
    [InlineData("coder:all", "workspace:*", "coder:all", "*:*", false)]
    [InlineData("coder:all", "workspace:*", "coder:all", "workspace:0198c0de-0000-7000-8000-000000000000", true)]
    [InlineData("coder:all", "workspace:0198c0de-0000-7000-8000-000000000000", "coder:all", "workspace:*", false)]
    public void A_key_makes_no_stronger_key(string held, string heldList, string wanted, string wantedList, bool within)
    {
        var actor = Actors.Create(new Contracts.SubjectFacts(Ids.Me, false, [], [], [], [held], [heldList]));
        Assert.Equal(within, Catalog.IsWithin(actor, [wanted], [wantedList]));
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData("", false, false)]
    [InlineData("*:*", true, true)]
    [InlineData("workspace:*", true, true)]
    [InlineData("workspace:{me}", true, false)]
    [InlineData("template:*", false, false)]
    [InlineData("nonsense", false, false)]
    [InlineData("template:* workspace:{me}", true, false)]
    public void An_allow_list_narrows_a_key(string? entries, bool named, bool other)
    {
        var subject = Actors.Create(new Contracts.SubjectFacts(
            Ids.Me, false, ["owner"], [], [], ["coder:all"], entries?.Replace("{me}", $"{Ids.Me}", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(named, subject.Can(A.Read, new ResourceObject(T.Workspace, Ids.Me, Ids.Org)));
        Assert.Equal(other, subject.Can(A.Read, new ResourceObject(T.Workspace, Ids.Other, Ids.Org)));
    }
}
