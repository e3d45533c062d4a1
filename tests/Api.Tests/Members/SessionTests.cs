using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.5; the rest is its section 5.3.</summary>
[Collection(UsersGroup.Name)]
public sealed class SessionTests(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Cases_47_and_49_an_empty_deployment_waits_for_its_first_user()
    {
        await using var empty = await MonolithServer.StartAsync();
        using var anonymous = new ApiClient(empty.Address);
        Assert.Equal(404, (await anonymous.GetAsync("/users/first")).Code);
        Assert.Equal(400, (await anonymous.PostAsync("/users/first", new { })).Code);
        Assert.Equal(401, (await anonymous.GetAsync("/users")).Code);
        var requests = Enumerable.Range(0, 5).Select(i => anonymous.PostAsync("/users/first", new { email = $"f{i}@example.com", username = $"f{i}", password = Scenario.Password }));
        var codes = (await Task.WhenAll(requests)).Select(answer => answer.Code).ToList();
        Assert.Equal((1, 4), (codes.Count(code => code == 201), codes.Count(code => code == 409)));
        Assert.Equal(200, (await anonymous.GetAsync("/users/first")).Code);
    }

    [Fact]
    public async Task A_start_removes_sessions_that_ended_a_week_ago_and_nothing_else()
    {
        await _s.Server.SqlAsync(
            $"""
            insert into members.api_keys (id, secret_hash, user_id, login_type, token_name, scopes, lifetime_seconds, created_at, updated_at, expires_at)
            select id, '', '{_s.OwnerId}', type, id, array['coder:all'], 60, now(), now(), now() - age
            from (values ('longgone01', 'password', interval '8 days'), ('justgone01', 'password', interval '6 days'), ('longgone02', 'token', interval '8 days')) old (id, type, age)
            """);
        await using var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await _s.Server.SqlAsync("select count(*) from members.api_keys where id = 'longgone01'") is not 0L)
            await Task.Delay(20, limit.Token);
        Assert.Equal("justgone01 longgone02", await _s.Server.SqlAsync("select string_agg(id, ' ' order by id) from members.api_keys where id like '%gone0_'"));
        Assert.Equal(200, (await _s.Owner.GetAsync("/users/me")).Code);
    }

    [Fact]
    public async Task Case_56_without_passwords_only_owners_sign_in_with_one()
    {
        var (name, _, _) = await _s.AddPersonAsync("session");
        await using var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("Sessions:DisablePasswordAuth", "true"));
        using var anonymous = new ApiClient(replica.Address);
        var refused = await anonymous.PostAsync("/users/login", new { email = $"{name}@example.com", password = Scenario.Password });
        Assert.Equal(403, refused.Code);
        Assert.Contains("Password authentication is disabled", refused.Text("message"), StringComparison.Ordinal);
        Assert.Equal(401, (await anonymous.PostAsync("/users/login", new { email = $"{name}@example.com", password = "wrong" })).Code);
        Assert.False((await anonymous.GetAsync("/users/authmethods"))["password"]!["enabled"]!.GetValue<bool>());
        Assert.Equal(201, (await anonymous.PostAsync("/users/login", new { email = "owner@example.com", password = Scenario.Password })).Code);
        using var owner = new ApiClient(replica.Address, _s.Owner.Token);
        var fresh = UserSteps.Unique("session");
        var create = await owner.PostAsync("/users", new { username = fresh, email = $"{fresh}@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal(403, create.Code);
    }

    [Fact]
    public async Task Ways_to_sign_in_are_told_to_everybody()
    {
        var answer = await _s.Anonymous().GetAsync("/users/authmethods");
        Assert.Equal(
            """{"password":{"enabled":true},"github":{"enabled":false,"default_provider_configured":false},"oidc":{"enabled":false,"signInText":"","iconUrl":""}}""",
            answer.Json!.ToJsonString());
    }

    [Fact]
    public async Task Case_59_signing_out_is_audited_and_the_key_is_gone()
    {
        var (_, id, client) = await _s.AddPersonAsync("session");
        var connect = (await client.PostAsync("/users/me/keys/tokens", new { scope = "application_connect" })).Text("key");
        await client.PostAsync("/users/logout");
        Assert.Equal(401, (await client.GetAsync($"/users/me/keys/{client.Token![..10]}")).Code);
        Assert.Equal(1, await _s.AuditedAsync(id, "logout", 200));
        Assert.Equal(404, (await _s.Owner.GetAsync($"/users/{id}/keys/{connect[..10]}")).Code);
    }

    [Fact]
    public async Task Case_65_who_signed_in_was_seen()
    {
        var (_, _, client) = await _s.AddPersonAsync("session");
        var seen = (await client.GetAsync("/users/me"))["last_seen_at"]!.GetValue<DateTimeOffset>();
        Assert.InRange(seen, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
    }

    [Fact]
    public async Task A_dormant_user_wakes_on_sign_in_and_that_is_audited()
    {
        var name = UserSteps.Unique("dormant");
        var made = await _s.Owner.PostAsync("/users", new { username = name, email = $"{name}@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal("dormant", made.Text("status"));
        Assert.Equal(201, await _s.LoginAsync(name, Scenario.Password));
        Assert.Equal("active", (await _s.Owner.GetAsync($"/users/{name}")).Text("status"));
        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from platform.audit_logs where target = '{name}' and action = 'write' and after ->> 'status' = 'active'"));
    }

    [Fact]
    public async Task A_session_in_use_lives_on_and_a_token_does_not_and_a_stopping_host_writes_both()
    {
        var (_, id, member) = await _s.AddPersonAsync("session");
        var token = (await member.PostAsync("/users/me/keys/tokens", new { token_name = "t" })).Text("key");
        await _s.Server.SqlAsync($"update members.api_keys set expires_at = date_trunc('hour', now()) + interval '2 hours' where user_id = '{id}'");
        await using (var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString))
        {
            foreach (var key in new[] { member.Token!, token })
            {
                using var client = new ApiClient(replica.Address, key);
                Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
            }
        }

        Assert.Equal(2L, await _s.Server.SqlAsync($"select count(*) from members.api_keys where user_id = '{id}' and last_used > now() - interval '5 minutes'"));
        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from members.api_keys where user_id = '{id}' and login_type = 'password' and expires_at > now() + interval '20 hours'"));
        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from members.api_keys where user_id = '{id}' and login_type = 'token' and expires_at = date_trunc('hour', expires_at)"));
    }

    [Fact]
    public async Task A_session_that_is_ended_while_in_use_stays_ended()
    {
        var (_, id, member) = await _s.AddPersonAsync("session");
        var keyId = member.Token![..10];
        await _s.Server.SqlAsync($"update members.api_keys set expires_at = now() + interval '2 hours' where user_id = '{id}'");
        await using (var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString))
        {
            using var client = new ApiClient(replica.Address, member.Token);
            Assert.Equal(204, (await client.PutAsync($"/users/me/keys/{keyId}/expire")).Code);
        }

        Assert.Equal(401, (await member.GetAsync("/users/me")).Code);
    }

    [Fact]
    public async Task With_the_refresh_disabled_a_session_ends_when_it_began_to()
    {
        var (_, id, member) = await _s.AddPersonAsync("session");
        await _s.Server.SqlAsync($"update members.api_keys set expires_at = now() + interval '2 hours' where user_id = '{id}'");
        await using (var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("Sessions:DisableExpiryRefresh", "true")))
        {
            using var client = new ApiClient(replica.Address, member.Token);
            Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
        }

        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from members.api_keys where user_id = '{id}' and expires_at < now() + interval '3 hours' and last_used > now() - interval '5 minutes'"));
    }
}
