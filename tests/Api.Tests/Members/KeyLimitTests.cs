using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Contract 7.3: at most 1,000 live tokens a user.</summary>
[Collection(UsersGroup.Name)]
public sealed class KeyLimitTests(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task A_user_has_a_thousand_live_tokens_and_no_more_at_once_either()
    {
        var (_, id, client) = await _s.AddPersonAsync("keys");
        await FillAsync(id, "token", 996);
        var codes = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ => (await client.PostAsync("/users/me/keys/tokens", new { })).Code));
        Assert.Equal((4, 8), (codes.Count(code => code == 201), codes.Count(code => code == 409)));
        var refused = await client.PostAsync("/users/me/keys/tokens", new { token_name = "more" });
        Assert.Contains("1000", refused.Text("message"), StringComparison.Ordinal);

        // What has expired does not count; sessions neither.
        await _s.Server.SqlAsync($"update members.api_keys set expires_at = now() - interval '1 hour' where id = (select min(id) from members.api_keys where user_id = '{id}' and login_type = 'token')");
        Assert.Equal(201, (await client.PostAsync("/users/me/keys/tokens", new { token_name = "more" })).Code);
        Assert.Equal(201, (await client.PostAsync("/users/me/keys")).Code);
        Assert.Equal(201, (await _s.Owner.PostAsync($"/users/{_s.OwnerId}/keys/tokens", new { })).Code);
    }

    [Fact]
    public async Task A_session_too_many_ends_the_one_that_was_not_used_longest()
    {
        var (name, id, client) = await _s.AddPersonAsync("keys");
        await FillAsync(id, "password", 1100);
        Assert.Equal(201, await _s.LoginAsync(name, Scenario.Password));
        Assert.Equal(1000L, await _s.Server.SqlAsync($"select count(*) from members.api_keys where user_id = '{id}'"));
        Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
    }

    private Task<object?> FillAsync(Guid user, string type, int count) => _s.Server.SqlAsync(
        $"""
        insert into members.api_keys (id, secret_hash, user_id, login_type, token_name, scopes, lifetime_seconds, created_at, updated_at, expires_at)
        select substr(md5('{user}{type}' || i), 1, 10), ''::bytea, '{user}', '{type}', case when '{type}' = 'token' then 'n' || i else '' end, array['coder:all'], 3600,
            now() - interval '1 hour', now(), now() + interval '1 hour'
        from generate_series(1, {count}) i
        """);
}
