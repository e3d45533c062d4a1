using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Clients;

/// <summary>Numbers in names are the conformance cases of the clients specification, section 9.</summary>
[Collection(UsersGroup.Name)]
public sealed class UserCases(ServerFixture fixture)
{
    private const string Preferences = """{"task_notification_alert_dismissed":false,"thinking_display_mode":"auto","shell_tool_display_mode":"always_collapsed","code_diff_display_mode":"","agent_chat_send_shortcut":"enter"}""";
    private readonly Scenario _s = fixture.Scenario;

    public static TheoryData<string, string[]> Looks => new()
    {
        { "theme_preference", ["dark", "auto", "light-tritan", ""] },
        { "theme_mode", ["single", ""] },
        { "theme_light", ["light", "light-protan-deuter", "light-tritan", "dark", "dark-protan-deuter", "dark-tritan"] },
        { "theme_dark", ["light", "light-protan-deuter", "light-tritan", "dark", "dark-protan-deuter", "dark-tritan"] },
        { "terminal_font", ["geist-mono", "ibm-plex-mono", "fira-code", "source-code-pro", "jetbrains-mono"] },
    };

    [Theory, MemberData(nameof(Looks))]
    public async Task Case_21_an_appearance_is_kept_and_a_bad_value_named(string key, string[] values)
    {
        var (name, _, member) = await _s.AddPersonAsync("looks");
        foreach (var value in values)
        {
            Assert.Equal(200, (await member.PutAsync("/users/me/appearance", new Dictionary<string, string> { [key] = value })).Code);
            Assert.Equal(value, (await _s.Owner.GetAsync($"/users/{name}/appearance")).Text(key));
        }

        var refused = await member.PutAsync("/users/me/appearance", new Dictionary<string, string> { [key] = "comic\n" });
        Assert.Equal((400, key), (refused.Code, refused.Field()));
    }

    [Fact]
    public async Task Case_22_the_mode_sync_needs_two_themes_and_stays_until_it_is_changed()
    {
        var (_, _, member) = await _s.AddPersonAsync("looks");
        var refused = await member.PutAsync("/users/me/appearance", new { theme_preference = "dark", theme_mode = "sync", theme_light = "light", terminal_font = "fira-code" });
        Assert.Equal((400, "theme_dark"), (refused.Code, refused.Field()));
        Assert.Equal("", (await member.GetAsync("/users/me/appearance")).Text("theme_light"));

        Assert.Equal(200, (await member.PutAsync("/users/me/appearance", new { theme_mode = "sync", theme_light = "light", theme_dark = "dark-tritan" })).Code);
        Assert.Equal(200, (await member.PutAsync("/users/me/appearance", new { theme_preference = "dark", terminal_font = "fira-code" })).Code);
        Assert.Equal("sync", (await member.GetAsync("/users/me/appearance")).Text("theme_mode"));
        Assert.Equal(200, (await member.PutAsync("/users/me/appearance", new { theme_mode = "single", theme_light = "" })).Code);
        Assert.Equal(200, (await member.PutAsync("/users/me/appearance", new { theme_mode = "sync" })).Code);
        var cleared = await member.PutAsync("/users/me/appearance", new { theme_preference = "auto-protan-deuter", terminal_font = "fira-code" });
        Assert.Equal(("", "light", "dark-tritan"), (cleared.Text("theme_mode"), cleared.Text("theme_light"), cleared.Text("theme_dark")));
    }

    [Fact]
    public async Task Case_23_preferences_have_defaults_and_change_one_by_one()
    {
        var (_, _, member) = await _s.AddPersonAsync("prefers");
        Assert.Equal(Preferences, (await member.GetAsync("/users/me/preferences")).Json!.ToJsonString());
        Assert.Equal(Preferences, (await member.PutAsync("/users/me/preferences", new { })).Json!.ToJsonString());
        var after = Preferences.Replace("\"code_diff_display_mode\":\"\"", "\"code_diff_display_mode\":\"always_expanded\"", StringComparison.Ordinal);
        Assert.Equal(after, (await member.PutAsync("/users/me/preferences", new { code_diff_display_mode = "always_expanded" })).Json!.ToJsonString());
        Assert.Equal(after.Replace("\"enter\"", "\"modifier_enter\"", StringComparison.Ordinal), (await member.PutAsync("/users/me/preferences", new { agent_chat_send_shortcut = "modifier_enter" })).Json!.ToJsonString());
        foreach (var key in new[] { "thinking_display_mode", "shell_tool_display_mode", "code_diff_display_mode", "agent_chat_send_shortcut" })
        {
            var refused = await member.PutAsync("/users/me/preferences", new Dictionary<string, string> { [key] = "x" });
            Assert.Equal((400, key), (refused.Code, refused.Field()));
        }
    }

    [Fact]
    public async Task Case_24_the_older_organization_id_joins_once()
    {
        var other = (await _s.Owner.PostAsync("/organizations", new { name = UserSteps.Unique("older") })).Text("id");
        Assert.Equal([other], await JoinedAsync(new { organization_id = other }));
        Assert.Equal([other], await JoinedAsync(new { organization_id = other, organization_ids = new[] { other } }));
        Assert.Equal([_s.OrganizationId.ToString(), other], await JoinedAsync(new { organization_id = other, organization_ids = new[] { _s.OrganizationId } }));
        Assert.Equal([_s.OrganizationId.ToString()], await JoinedAsync(new { organization_id = Guid.Empty }));
        Assert.Equal([other], await JoinedAsync(new { organization_id = Guid.Empty, organization_ids = new[] { other } }));
        var hidden = await _s.Owner.PostAsync("/users", Person(new { organization_id = Guid.CreateVersion7() }, out _));
        Assert.Equal(404, hidden.Code);
    }

    [Fact]
    public async Task Cases_25_26_and_28_login_types_as_older_and_newer_clients_say_them()
    {
        Assert.Equal("password", await LoginTypeAsync(new { login_type = "", disable_login = false, organization_id = _s.OrganizationId, password = Scenario.Password }));
        Assert.Equal("none", await LoginTypeAsync(new { disable_login = true, organization_id = _s.OrganizationId }));
        Assert.Equal("none", await LoginTypeAsync(new { login_type = "none", disable_login = true, organization_id = _s.OrganizationId }));
        Assert.Equal("github", await LoginTypeAsync(new { login_type = "github", organization_id = _s.OrganizationId }));
        var oidc = await _s.Owner.PostAsync("/users", Person(new { login_type = "oidc", organization_id = _s.OrganizationId }, out _));
        Assert.Equal((400, "login_type"), (oidc.Code, oidc.Field()));
        Assert.Contains("identity provider", oidc.Text("detail"), StringComparison.Ordinal);
        var both = await _s.Owner.PostAsync("/users", Person(new { login_type = "password", disable_login = true, password = Scenario.Password, organization_id = _s.OrganizationId }, out _));
        Assert.Equal((400, "disable_login"), (both.Code, both.Field()));
    }

    [Fact]
    public async Task Case_27_roles_are_given_at_creation_or_nobody_is_made()
    {
        var made = await _s.Owner.PostAsync("/users", Person(new { roles = new[] { "auditor", "member" }, password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } }, out _));
        Assert.Equal((201, "auditor"), (made.Code, Assert.Single(made["roles"]!.AsArray())!["name"]!.GetValue<string>()));
        var owner = await _s.Owner.PostAsync("/users", Person(new { roles = new[] { "owner" }, password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } }, out _));
        Assert.Equal((201, "owner"), (owner.Code, Assert.Single(owner["roles"]!.AsArray())!["name"]!.GetValue<string>()));

        var (_, _, admin) = await _s.AddPersonAsync("admin", "user-admin");
        foreach (var role in new[] { "owner", "auditor", "no-such-role", "organization-admin" })
        {
            var refused = await admin.PostAsync("/users", Person(new { roles = new[] { role }, password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } }, out var name));
            Assert.Equal(400, refused.Code);
            Assert.Equal(404, (await _s.Owner.GetAsync($"/users/{name}")).Code);
        }
    }

    [Fact]
    public async Task A_service_account_is_a_feature()
    {
        await using var strict = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("Entitlements:CommunityFeatures", ""));
        using var owner = new ApiClient(strict.Address, _s.Owner.Token);
        var refused = await owner.PostAsync("/users", new { username = "robot", service_account = true, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal(403, refused.Code);
        Assert.Contains("Service Accounts is a Premium feature", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_29_claims_are_a_route_of_their_own_and_nobody_can_be_called_so()
    {
        var claims = await _s.Owner.GetAsync("/users/oidc-claims");
        Assert.Equal(400, claims.Code);
        Assert.Contains("identity provider", claims.Text("detail"), StringComparison.Ordinal);
        var refused = await _s.Owner.PostAsync("/users", new { username = "Oidc-Claims", email = "claims@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal((400, "username"), (refused.Code, refused.Field()));
    }

    [Fact]
    public async Task Case_33_an_expired_token_says_so()
    {
        var key = (await _s.Owner.PostAsync("/users/me/keys/tokens", new { })).Text("key");
        await _s.Owner.PutAsync($"/users/me/keys/{key[..10]}/expire");
        using var expired = new ApiClient(_s.Server.Address, key);
        foreach (var path in new[] { "/users/me", "/organizations", "/nothing/here" })
        {
            var answer = await expired.GetAsync(path);
            if (path != "/nothing/here")
                Assert.Equal(401, answer.Code);
            if (answer.Code == 401)
                Assert.Contains("API key expired", answer.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cases_34_and_36_texts_that_the_provider_and_the_action_look_for()
    {
        var (name, id, _) = await _s.AddPersonAsync("gone");
        await _s.Owner.DeleteAsync($"/users/{id}");
        foreach (var reference in new[] { name, "nobody-at-all", Guid.CreateVersion7().ToString() })
        {
            var answer = await _s.Owner.GetAsync($"/users/{reference}");
            Assert.Equal(404, answer.Code);
            Assert.Contains("must be an existing uuid or username", answer.Text("detail"), StringComparison.Ordinal);
        }

        var search = await _s.Owner.GetAsync("/users?q=github_com_user_id:x");
        Assert.Equal((400, "github_com_user_id"), (search.Code, search.Field()));
    }

    [Fact]
    public async Task A_picture_is_kept_until_it_is_cleared()
    {
        var (name, id, member) = await _s.AddPersonAsync("picture");
        Assert.Equal("https://x.y/a.png", (await member.PutAsync("/users/me/profile", new { username = name, name = "P", avatar_url = "https://x.y/a.png" })).Text("avatar_url"));
        Assert.Equal("https://x.y/a.png", (await member.PutAsync("/users/me/profile", new { username = name, name = "Q" })).Text("avatar_url"));
        Assert.Equal("", (await _s.Owner.PutAsync($"/users/{id}/profile", new { username = name, name = "Q", avatar_url = "" })).Text("avatar_url"));
        var refused = await member.PutAsync("/users/me/profile", new { username = name, name = "Q", avatar_url = "a\nb" });
        Assert.Equal((400, "avatar_url"), (refused.Code, refused.Field()));
    }

    private async Task<IEnumerable<string>> JoinedAsync(object more)
    {
        var made = await _s.Owner.PostAsync("/users", Person(more, out _, Scenario.Password));
        Assert.True(made.Code == 201, made.Text);
        return made["organization_ids"]!.AsArray().Select(id => id!.GetValue<string>()).Order();
    }

    private async Task<string> LoginTypeAsync(object more)
    {
        var made = await _s.Owner.PostAsync("/users", Person(more, out _));
        Assert.True(made.Code == 201, made.Text);
        return made.Text("login_type");
    }

    private static string Person(object more, out string name, string? password = null)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
        name = UserSteps.Unique("client");
        body["username"] = name;
        body["email"] = $"{name}@example.com";
        if (password is not null)
            body["password"] = password;
        return body.ToJsonString();
    }
}
