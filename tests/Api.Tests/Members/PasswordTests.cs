using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.5.</summary>
[Collection(UsersGroup.Name)]
public sealed class PasswordTests(ServerFixture fixture)
{
    private const string Next = "Another-Horse-10-Charger";
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Cases_90_92_and_95_without_the_right_it_is_404_and_audited_without_an_id()
    {
        var (_, _, member) = await _s.AddPersonAsync("pass");
        Assert.Equal(404, (await member.PutAsync("/users/owner/password", new { password = Next })).Code);
        var (name, id, _) = await _s.AddPersonAsync("pass");
        var (_, _, auditor) = await _s.AddPersonAsync("pass", "auditor");
        var refused = await auditor.PutAsync($"/users/{name}/password", new { password = Next, old_password = "wrong" });
        Assert.Equal(404, refused.Code);
        Assert.Equal("Resource not found or you do not have access to this resource", refused.Text("message"));
        Assert.Equal(0, await _s.AuditedAsync(id, "write", 404));

        // Hidden and absent leave the same trace.
        await auditor.PutAsync("/users/nobody-at-all/password", new { password = Next });
        // The first may have been written before the second: that one is then told when its minute is over.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var me = (await auditor.GetAsync("/users/me")).Text("id");
        while (await _s.Server.SqlAsync($"select coalesce(sum(occurrences), 0)::int from platform.audit_logs where actor_id = '{me}' and operation = 'ChangePassword' and status = 404 and resource_id is null and target is null") is not 2)
            await Task.Delay(20, limit.Token);
    }

    [Fact]
    public async Task Case_91_an_owner_sets_a_members_password_without_the_old_one()
    {
        var (name, id, _) = await _s.AddPersonAsync("pass");
        var answer = await _s.Owner.PutAsync($"/users/{id}/password", new { password = Next });
        Assert.Equal((204, ""), (answer.Code, answer.Text));
        Assert.Equal(201, await _s.LoginAsync(name, Next));
        Assert.Equal(401, await _s.LoginAsync(name, Scenario.Password));
    }

    [Fact]
    public async Task Cases_93_and_97_an_own_change_ends_every_session_and_token()
    {
        var (name, id, member) = await _s.AddPersonAsync("pass");
        var token = (await member.PostAsync("/users/me/keys/tokens", new { token_name = "work" })).Text("key");
        var answer = await member.PutAsync("/users/me/password", new { old_password = Scenario.Password, password = Next });
        Assert.Equal(204, answer.Code);
        Assert.Equal(1, await _s.AuditedAsync(id, "write", 204));
        Assert.Equal(401, (await member.GetAsync("/users/me")).Code);
        using var byToken = new ApiClient(_s.Server.Address, token);
        Assert.Equal(401, (await byToken.GetAsync("/users/me")).Code);
        Assert.Equal(201, await _s.LoginAsync(name, Next));
        Assert.Equal(404, (await _s.Owner.GetAsync($"/users/{id}/keys/tokens/work")).Code);
        Assert.Equal(404, (await _s.Owner.GetAsync($"/users/{id}/keys/{token[..10]}")).Code);
    }

    [Fact]
    public async Task Case_94_an_own_change_needs_the_old_password_for_owners_too()
    {
        var (_, id, member) = await _s.AddPersonAsync("pass");
        foreach (var client in new[] { member, _s.Owner })
        {
            var refused = await client.PutAsync("/users/me/password", new { password = Next });
            Assert.Equal(400, refused.Code);
            Assert.Contains("Old password is required", refused.Text("message"), StringComparison.Ordinal);
        }

        Assert.Equal(1, await _s.AuditedAsync(id, "write", 400));
    }

    [Theory]
    [InlineData("hunter2", null, "password")]
    [InlineData("", null, "password")]
    [InlineData(Next, "wrong", "old_password")]
    public async Task A_weak_password_and_a_wrong_old_one_name_their_field(string password, string? old, string field)
    {
        var (_, id, _) = await _s.AddPersonAsync("pass");
        var answer = await _s.Owner.PutAsync($"/users/{id}/password", new { password, old_password = old });
        Assert.Equal((400, field), (answer.Code, answer.Field()));
        Assert.DoesNotContain("hunter2", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_98_the_same_password_again_is_400()
    {
        var (_, id, _) = await _s.AddPersonAsync("pass");
        var answer = await _s.Owner.PutAsync($"/users/{id}/password", new { password = Scenario.Password });
        Assert.Equal((400, "New password cannot match old password."), (answer.Code, answer.Text("message")));
    }

    [Fact]
    public async Task A_service_account_has_no_password_to_change()
    {
        var made = await _s.Owner.PostAsync("/users", new { username = UserSteps.Unique("robot"), service_account = true, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal(400, (await _s.Owner.PutAsync($"/users/{made.Text("id")}/password", new { password = Next })).Code);
    }

    [Fact]
    public async Task Case_96_a_password_is_judged_without_a_session()
    {
        var anonymous = _s.Anonymous();
        var strong = await anonymous.PostAsync("/users/validate-password", new { password = Scenario.Password });
        Assert.Equal((200, true, ""), (strong.Code, strong["valid"]!.GetValue<bool>(), strong.Text("details")));
        var weak = await anonymous.PostAsync("/users/validate-password", new { password = "badpass" });
        Assert.False(weak["valid"]!.GetValue<bool>());
        Assert.NotEqual("", weak.Text("details"));
        Assert.Equal(400, (await anonymous.PostAsync("/users/validate-password", new { })).Code);
    }

    [Fact]
    public async Task Of_two_own_changes_at_once_one_holds_and_the_other_is_refused()
    {
        var (name, id, member) = await _s.AddPersonAsync("pass");
        var passwords = new[] { "First-Choice-Of-Two-1", "Second-Choice-Of-Two-2" };
        var codes = await Task.WhenAll(passwords.Select(async password =>
            (await member.PutAsync("/users/me/password", new { old_password = Scenario.Password, password })).Code));
        Assert.Single(codes, code => code == 204);
        Assert.Single(codes, code => code is 400 or 401);
        Assert.Equal(201, await _s.LoginAsync(name, passwords[Array.IndexOf(codes, 204)]));
        Assert.Equal(401, await _s.LoginAsync(name, passwords[1 - Array.IndexOf(codes, 204)]));
        Assert.Equal(1, await _s.AuditedAsync(id, "write", 204));
    }

    [Fact]
    public async Task No_session_begun_with_the_old_password_outlives_its_change()
    {
        var (name, id, _) = await _s.AddPersonAsync("pass");
        var logins = Enumerable.Range(0, 6).Select(_ => _s.LoginAsync(name, Scenario.Password)).ToList();
        var change = _s.Owner.PutAsync($"/users/{id}/password", new { password = Next });
        await Task.WhenAll(logins);
        Assert.Equal(204, (await change).Code);
        Assert.All(await Task.WhenAll(logins), code => Assert.True(code is 201 or 401));
        Assert.Equal(0L, await _s.Server.SqlAsync($"select count(*) from members.api_keys where user_id = '{id}'"));
    }
}
