using Monolith.BuildingBlocks.Authorization;
using Monolith.Roles.Authorizer;
using A = Monolith.BuildingBlocks.Authorization.PermissionAction;
using T = Monolith.BuildingBlocks.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

/// <summary>Roles specification 1.10: what a key may be made with.</summary>
public sealed class KeyScopeTests
{
    private static readonly string Workspace = $"workspace:{Ids.Of("workspace"):D}";
    private readonly KeyScopes _scopes = new();

    [Theory]
    [InlineData("all", "coder:all")]
    [InlineData("coder:all", "coder:all")]
    [InlineData("application_connect", "coder:application_connect")]
    [InlineData("workspace:read", "workspace:read")]
    [InlineData("workspace:*", "workspace:*")]
    [InlineData("user:read_personal", "user:read_personal")]
    [InlineData("coder:apikeys.manage_self", "coder:apikeys.manage_self")]
    [InlineData("no_user_data", null)]
    [InlineData("user:delete", null)]
    [InlineData("license:read", null)]
    [InlineData("*:*", null)]
    [InlineData("Workspace:read", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_curated_names_may_be_asked_for(string? name, string? canonical) => Assert.Equal(canonical, _scopes.Canonical(name));

    [Theory]
    [InlineData("*:*", "*:*")]
    [InlineData("workspace:*", "workspace:*")]
    [InlineData("workspace:0198C0DE-0000-7000-8000-000000000000", "workspace:0198c0de-0000-7000-8000-000000000000")]
    [InlineData("*:0198c0de-0000-7000-8000-000000000000", "*:0198c0de-0000-7000-8000-000000000000")]
    [InlineData("unknown:*", null)]
    [InlineData("workspace", null)]
    [InlineData("workspace:", null)]
    [InlineData("workspace:1", null)]
    [InlineData("workspace:*:*", null)]
    [InlineData(null, null)]
    public void Allow_list_entries_are_type_and_id(string? entry, string? canonical) => Assert.Equal(canonical, _scopes.CanonicalTarget(entry));

    [Fact]
    public void A_stored_allow_list_narrows_what_the_scopes_grant()
    {
        var scope = Scopes.Of(["coder:all"], [Workspace, "api_key:*"]);
        Assert.True(scope.Allows(A.Read, new ResourceObject(T.Workspace, Ids.Of("workspace"))));
        Assert.False(scope.Allows(A.Read, new ResourceObject(T.Workspace, Ids.Other)));
        Assert.True(scope.Allows(A.Create, ResourceObject.All(T.ApiKey)));
        Assert.False(scope.Allows(A.Read, ResourceObject.User(Ids.Me)));
        Assert.False(Scopes.Of(["coder:all"], ["nonsense"]).Allows(A.Read, ResourceObject.User(Ids.Me)));
    }

    [Theory]
    [InlineData("coder:all", "*:*", "coder:all", "*:*", true)]
    [InlineData("coder:all", "*:*", "workspace:read", "workspace:*", true)]
    [InlineData("workspace:*", "*:*", "workspace:read", "*:*", true)]
    [InlineData("workspace:read", "*:*", "workspace:*", "*:*", false)]
    [InlineData("coder:apikeys.manage_self", "*:*", "coder:all", "*:*", false)]
    [InlineData("coder:all", "workspace:*", "coder:all", "*:*", false)]
    [InlineData("coder:all", "workspace:*", "coder:all", "workspace:0198c0de-0000-7000-8000-000000000000", true)]
    [InlineData("coder:all", "workspace:0198c0de-0000-7000-8000-000000000000", "coder:all", "workspace:*", false)]
    public void A_key_is_within_another(string held, string heldList, string wanted, string wantedList, bool within) =>
        Assert.Equal(within, Scopes.Of([held], [heldList]).Covers(Scopes.Of([wanted], [wantedList])));
}
