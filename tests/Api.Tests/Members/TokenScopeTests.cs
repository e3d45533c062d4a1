using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Roles specification 1.10: a key may do what its user may, and its scopes and allow list let through.</summary>
[Collection(UsersGroup.Name)]
public sealed class TokenScopeTests(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task A_narrow_token_of_an_owner_is_refused_outside_its_scope()
    {
        using var token = await TokenAsync(new { scopes = new[] { "workspace:read", "application_connect" } });
        Assert.Equal(404, (await token.GetAsync("/users/me")).Code);
        Assert.Equal(404, (await token.GetAsync("/organizations/default")).Code);
        Assert.Equal(404, (await token.GetAsync("/organizations/default/members")).Code);
        Assert.Equal(404, (await token.DeleteAsync("/users/owner")).Code);
        Assert.Equal(404, (await token.PutAsync("/users/me/password", new { old_password = Scenario.Password, password = "Another-Horse-10-Charger" })).Code);
        Assert.Equal(404, (await token.GetAsync("/users/me/keys/tokens")).Code);
        var page = await token.GetAsync("/users");
        Assert.Equal((200, 0), (page.Code, page["users"]!.AsArray().Count));
        Assert.Equal("[]\n", (await token.GetAsync("/organizations")).Text);
        var check = await token.PostAsync("/authcheck", new
        {
            checks = new Dictionary<string, object>
            {
                ["in"] = new { @object = new { resource_type = "workspace" }, action = "read" },
                ["out"] = new { @object = new { resource_type = "workspace" }, action = "delete" },
            },
        });
        Assert.Equal((true, false), (check["in"]!.GetValue<bool>(), check["out"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_token_with_user_read_reads_users_and_nothing_personal()
    {
        using var token = await TokenAsync(new { scopes = new[] { "user:read" } });
        Assert.Equal(200, (await token.GetAsync("/users/me")).Code);
        Assert.Equal(200, (await token.GetAsync("/users?limit=1")).Code);
        Assert.Equal(404, (await token.GetAsync("/users/me/roles")).Code);
        Assert.Equal(404, (await token.PutAsync("/users/me/profile", new { username = "owner", name = "x" })).Code);
        Assert.Equal(403, (await token.PostAsync("/users", new { username = "x", email = "x@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } })).Code);
    }

    [Fact]
    public async Task A_token_that_reads_an_organization_does_not_read_its_members()
    {
        var (_, _, member) = await _s.AddPersonAsync("scoped");
        foreach (var client in new[] { _s.Owner, member })
        {
            using var token = await TokenAsync(new { scopes = new[] { "organization:read" } }, client);
            Assert.Equal(200, (await token.GetAsync("/organizations/default")).Code);
            Assert.Equal("[]", (await token.GetAsync("/organizations/default/members")).Json!.ToJsonString());
            Assert.Equal(404, (await token.GetAsync("/organizations/default/paginated-members")).Code);
            Assert.Equal(404, (await token.GetAsync("/organizations/default/members/me")).Code);
        }
    }

    [Fact]
    public async Task An_allow_list_narrows_to_single_objects()
    {
        var (_, id, _) = await _s.AddPersonAsync("listed");
        using var token = await TokenAsync(new { scopes = new[] { "all" }, allow_list = new[] { $"user:{id}" } });
        Assert.Equal(200, (await token.GetAsync($"/users/{id}")).Code);
        Assert.Equal(404, (await token.GetAsync("/users/me")).Code);
        Assert.Equal(404, (await token.GetAsync("/organizations/default")).Code);
    }

    [Fact]
    public async Task A_token_for_keys_manages_them_and_makes_none_wider_than_itself()
    {
        using var token = await TokenAsync(new { scopes = new[] { "coder:apikeys.manage_self" } });
        Assert.Equal(200, (await token.GetAsync("/users/me/keys/tokens")).Code);
        var wider = await token.PostAsync("/users/me/keys/tokens", new { token_name = UserSteps.Unique("wide") });
        Assert.Equal(403, wider.Code);
        Assert.Equal(403, (await token.PostAsync("/users/me/keys")).Code);
        Assert.Equal(403, (await token.PostAsync("/users/me/keys/tokens", new { scopes = new[] { "user:read" } })).Code);
        var same = await token.PostAsync("/users/me/keys/tokens", new { scopes = new[] { "api_key:read" }, token_name = UserSteps.Unique("narrow") });
        Assert.Equal(201, same.Code);
        Assert.Equal(204, (await token.DeleteAsync($"/users/me/keys/{same.Text("key")[..10]}")).Code);
    }

    [Fact]
    public async Task Scopes_are_stored_by_their_canonical_names_once()
    {
        var name = UserSteps.Unique("named");
        await _s.Owner.PostAsync("/users/me/keys/tokens", new { token_name = name, scopes = new[] { "application_connect", "coder:application_connect", "user:read" }, allow_list = new[] { "workspace:*", "workspace:*" } });
        var token = await _s.Owner.GetAsync($"/users/me/keys/tokens/{name}");
        Assert.Equal("""["coder:application_connect","user:read"]""", token["scopes"]!.ToJsonString());
        Assert.Equal("""["workspace:*"]""", token["allow_list"]!.ToJsonString());
        Assert.Equal("application_connect", token.Text("scope"));
    }

    [Fact]
    public async Task The_old_scope_field_still_narrows()
    {
        using var token = await TokenAsync(new { scope = "application_connect" });
        Assert.Equal(404, (await token.GetAsync("/users/me")).Code);
    }

    private async Task<ApiClient> TokenAsync(object body, ApiClient? owner = null)
    {
        var made = await (owner ?? _s.Owner).PostAsync("/users/me/keys/tokens", body);
        Assert.Equal(201, made.Code);
        return new ApiClient(_s.Server.Address, made.Text("key"));
    }
}
