using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.5.</summary>
[Collection(UsersGroup.Name)]
public sealed class UserLifeTests(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Case_64_and_66_an_account_without_a_password_may_be_active_at_once()
    {
        var name = UserSteps.Unique("life");
        var made = await CreateAsync(new { username = name, email = $"{name}@example.com", login_type = "none", user_status = "active", organization_ids = new[] { Guid.Empty } });
        Assert.Equal((201, "none", "active"), (made.Code, made.Text("login_type"), made.Text("status")));
        Assert.Equal("none", (await _s.Owner.GetAsync($"/users/{name}")).Text("login_type"));
        Assert.Equal(401, await _s.LoginAsync(name, "x"));
    }

    [Theory]
    [InlineData("oidc", 400)]
    [InlineData("github", 201)]
    [InlineData("token", 400)]
    [InlineData("anything", 400)]
    public async Task Of_other_login_types_only_github_can_be_stored(string type, int code)
    {
        var name = UserSteps.Unique("life");
        Assert.Equal(code, (await CreateAsync(new { username = name, email = $"{name}@example.com", login_type = type, organization_ids = new[] { _s.OrganizationId } })).Code);
    }

    [Fact]
    public async Task Case_73_a_person_needs_an_email()
    {
        var answer = await CreateAsync(new { username = UserSteps.Unique("life"), password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal((400, "email"), (answer.Code, answer.Field()));
    }

    [Fact]
    public async Task Case_74_service_accounts_without_email_coexist()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var made = await CreateAsync(new { username = UserSteps.Unique("robot"), service_account = true, organization_ids = new[] { _s.OrganizationId } });
            Assert.Equal((201, "dormant", true, ""), (made.Code, made.Text("status"), made["is_service_account"]!.GetValue<bool>(), made.Text("email")));
        }

        Assert.Equal(400, (await _s.Anonymous().PostAsync("/users/login", new { email = "", password = "x" })).Code);
    }

    [Fact]
    public async Task Case_77_delete_and_create_again_and_delete_again()
    {
        var name = UserSteps.Unique("life");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var (id, client) = await _s.AddAsync(name);
            var token = (await client.PostAsync("/users/me/keys/tokens", new { token_name = "t" })).Text("key");
            Assert.Equal(200, (await _s.Owner.DeleteAsync($"/users/{name}")).Code);
            using var byToken = new ApiClient(_s.Server.Address, token);
            Assert.Equal((401, 401), ((await client.GetAsync("/users/me")).Code, (await byToken.GetAsync("/users/me")).Code));
            Assert.Equal(401, await _s.LoginAsync(name, Scenario.Password));
            Assert.Equal(0L, await _s.Server.SqlAsync($"select count(*) from members.api_keys where user_id = '{id}'"));
            Assert.Equal(404, (await _s.Owner.DeleteAsync($"/users/{id}")).Code);
            Assert.Equal(404, (await _s.Owner.PutAsync($"/users/{id}/profile", new { username = name })).Code);
            Assert.Equal(404, (await _s.Owner.PutAsync($"/users/{id}/status/activate")).Code);
            Assert.Equal(404, (await _s.Owner.PostAsync($"/users/{id}/keys/tokens", new { })).Code);
        }
    }

    [Fact]
    public async Task Of_ten_deletions_at_once_one_deletes()
    {
        var (_, id, _) = await _s.AddPersonAsync("life");
        var codes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => (await _s.Owner.DeleteAsync($"/users/{id}")).Code));
        Assert.Equal((1, 9), (codes.Count(code => code == 200), codes.Count(code => code == 404)));
        Assert.Equal(1, await _s.AuditedAsync(id, "delete", 200));
    }

    [Fact]
    public async Task Cases_79_and_81_who_has_workspaces_is_not_deleted()
    {
        var (name, id, _) = await _s.AddPersonAsync("life");
        var (_, _, admin) = await _s.AddPersonAsync("life", "user-admin");
        var workspace = Guid.CreateVersion7();
        await ReportAsync(id, workspace, 1, "start");
        foreach (var client in new[] { _s.Owner, admin })
        {
            var refused = await client.DeleteAsync($"/users/{name}");
            Assert.Equal(417, refused.Code);
            Assert.Contains("has workspaces", refused.Text("message"), StringComparison.Ordinal);
        }

        await ReportAsync(id, workspace, 2, "delete");
        Assert.Equal(200, (await admin.DeleteAsync($"/users/{name}")).Code);
    }

    [Fact]
    public async Task Who_may_delete_a_user_may_end_the_workspaces_with_them()
    {
        var (name, id, _) = await _s.AddPersonAsync("life");
        var (_, other, _) = await _s.AddPersonAsync("life");
        var (_, _, admin) = await _s.AddPersonAsync("life", "user-admin");
        var (_, _, auditor) = await _s.AddPersonAsync("life", "auditor");
        await ReportAsync(id, Guid.CreateVersion7(), 1, "start");
        await ReportAsync(id, Guid.CreateVersion7(), 1, "start");
        await ReportAsync(other, Guid.CreateVersion7(), 1, "start");
        Assert.Equal((403, 403), ((await auditor.DeleteAsync($"/users/{name}")).Code, (await auditor.DeleteAsync($"/users/{name}?force=true")).Code));
        Assert.Equal((400, 417), ((await admin.DeleteAsync($"/users/{name}?force=yes")).Code, (await admin.DeleteAsync($"/users/{name}?force=false")).Code));
        Assert.Equal(200, (await admin.DeleteAsync($"/users/{name}?force=true")).Code);
        Assert.Equal(0L, await _s.Server.SqlAsync($"select count(*) from contracts.reported_workspaces where owner_id = '{id}' and not deleted"));
        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from contracts.reported_workspaces where owner_id = '{other}' and not deleted"));
    }

    [Fact]
    public async Task Cases_99_to_101_suspending()
    {
        var (_, id, _) = await _s.AddPersonAsync("life", "owner");
        Assert.Equal(400, (await _s.Owner.PutAsync($"/users/{id}/status/suspend")).Code);
        var (_, other, member) = await _s.AddPersonAsync("life");
        Assert.Equal("suspended", (await _s.Owner.PutAsync($"/users/{other}/status/suspend")).Text("status"));
        Assert.Equal(1, await _s.AuditedAsync(other, "write", 200));
        Assert.Equal(401, (await member.GetAsync("/users/me")).Code);
        var self = await _s.Owner.PutAsync("/users/me/status/suspend");
        Assert.Equal(400, self.Code);
        Assert.Contains("suspend yourself", self.Text("message"), StringComparison.Ordinal);
        var (_, _, auditor) = await _s.AddPersonAsync("life", "auditor");
        Assert.Equal(403, (await auditor.PutAsync($"/users/{other}/status/activate")).Code);
    }

    [Fact]
    public async Task Case_102_a_dormant_user_is_activated()
    {
        var name = UserSteps.Unique("life");
        await CreateAsync(new { username = name, email = $"{name}@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal("active", (await _s.Owner.PutAsync($"/users/{name}/status/activate")).Text("status"));
        Assert.Equal("active", (await _s.Owner.GetAsync($"/users/{name}")).Text("status"));
    }

    [Fact]
    public async Task Case_104_a_user_is_found_by_me_by_id_and_by_name()
    {
        var (name, id, client) = await _s.AddPersonAsync("life");
        foreach (var reference in new[] { "me", id.ToString(), name, name.ToUpperInvariant() })
        {
            var user = await client.GetAsync($"/users/{reference}");
            Assert.Equal(id, user["id"]!.GetValue<Guid>());
            Assert.Contains(_s.OrganizationId, user["organization_ids"]!.AsArray().Select(one => one!.GetValue<Guid>()));
        }
    }

    [Fact]
    public async Task Roles_are_read_with_their_tag_and_changed_on_condition()
    {
        var (name, id, client) = await _s.AddPersonAsync("life", "auditor");
        await _s.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = new[] { "organization-auditor" } });
        var roles = await client.GetAsync("/users/me/roles");
        Assert.Equal("""["auditor"]""", roles["roles"]!.ToJsonString());
        Assert.Equal($$"""{"{{_s.OrganizationId}}":["organization-auditor"]}""", roles["organization_roles"]!.ToJsonString());
        var tag = roles.Headers.ETag!.ToString();
        Assert.NotEqual(tag, (await _s.Owner.GetAsync($"/users/{name}")).Headers.ETag!.ToString());

        var first = await _s.Owner.PutAsync($"/users/{id}/roles", new { roles = new[] { "template-admin" } }, ("If-Match", tag));
        var second = await _s.Owner.PutAsync($"/users/{id}/roles", new { roles = new[] { "user-admin" } }, ("If-Match", tag));
        Assert.Equal((200, 412), (first.Code, second.Code));

        // Of somebody who is not seen meanwhile: their last use would be written at any moment, and is part of the tag.
        var unseen = await _s.CreateUserAsync(UserSteps.Unique("unseen"));
        var given = await _s.Owner.PutAsync($"/users/{unseen}/roles", new { roles = new[] { "template-admin" } });
        Assert.Equal(given.Headers.ETag, (await _s.Owner.GetAsync($"/users/{unseen}")).Headers.ETag);
        var (_, _, auditor) = await _s.AddPersonAsync("life", "auditor");
        Assert.Equal(404, (await auditor.GetAsync($"/users/{name}/roles")).Code);
    }

    [Fact]
    public async Task The_login_type_is_told_to_the_user_alone()
    {
        var (name, _, client) = await _s.AddPersonAsync("life");
        Assert.Equal("""{"login_type":"password"}""", (await client.GetAsync("/users/me/login-type")).Json!.ToJsonString());
        Assert.Equal(403, (await _s.Owner.GetAsync($"/users/{name}/login-type")).Code);
        Assert.Equal(404, (await client.GetAsync("/users/owner/login-type")).Code);
    }

    private Task<ApiAnswer> CreateAsync(object body) => _s.Owner.PostAsync("/users", body);

    private async Task ReportAsync(Guid owner, Guid workspace, int number, string transition)
    {
        var answer = await _s.Owner.PostAsync("/ai-usage/workspace-builds", new
        {
            builds = new[]
            {
                new
                {
                    id = Guid.CreateVersion7(), workspace_id = workspace, workspace_name = "box", owner_id = owner, organization_id = _s.OrganizationId,
                    build_number = number, transition, has_ai_task = false, created_at = TimeProvider.System.GetUtcNow(),
                },
            },
        });
        Assert.Equal(1, answer["accepted"]!.GetValue<int>());
    }
}
