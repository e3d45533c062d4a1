using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.5; the rest is its section 3.14.</summary>
[Collection(UsersGroup.Name)]
public sealed class TokenTests(ServerFixture fixture)
{
    private const string Tokens = "/users/me/keys/tokens";
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Cases_58_and_106_a_token_has_two_parts_and_lives_seven_days_and_a_session_one()
    {
        var (_, id, member) = await _s.AddPersonAsync("token");
        var made = await member.PostAsync(Tokens, new { });
        Assert.Equal(201, made.Code);
        var parts = made.Text("key").Split('-');
        Assert.Equal([10, 22], parts.Select(part => part.Length));
        var token = await member.GetAsync($"/users/me/keys/{parts[0]}");
        Assert.Equal(("token", "all", id), (token.Text("login_type"), token.Text("scope"), token["user_id"]!.GetValue<Guid>()));
        Assert.Equal(("""["coder:all"]""", """["*:*"]"""), (token["scopes"]!.ToJsonString(), token["allow_list"]!.ToJsonString()));
        Assert.Equal(7 * 86_400, token["lifetime_seconds"]!.GetValue<long>());
        Assert.Equal("0001-01-01T00:00:00Z", token.Text("last_used"));
        Assert.DoesNotContain(parts[1], token.Text, StringComparison.Ordinal);
        var session = await member.GetAsync($"/users/me/keys/{member.Token![..10]}");
        Assert.Equal(("password", 86_400), (session.Text("login_type"), session["lifetime_seconds"]!.GetValue<long>()));
        Assert.Equal(2L, await _s.Server.SqlAsync($"select count(*) from platform.audit_logs where resource_id = '{id}' and resource_type = 'api_key'"));
    }

    [Fact]
    public async Task A_second_session_key_is_no_token_and_sets_no_cookie()
    {
        var (_, _, member) = await _s.AddPersonAsync("token");
        var made = await member.PostAsync("/users/me/keys");
        Assert.Equal(201, made.Code);
        Assert.False(made.Headers.Contains("Set-Cookie"));
        Assert.Equal("[]\n", (await member.GetAsync(Tokens)).Text);
        using var second = new ApiClient(_s.Server.Address, made.Text("key"));
        Assert.Equal(200, (await second.PostAsync("/users/logout")).Code);
        Assert.Equal(200, (await member.GetAsync("/users/me")).Code);
    }

    [Theory]
    [InlineData("""{"lifetime":-1}""", "lifetime")]
    [InlineData("""{"lifetime":9223372036854775807}""", "lifetime")]
    [InlineData("""{"lifetime":9223372036854775808}""", "lifetime")]
    [InlineData("""{"scope":"everything"}""", "scope")]
    [InlineData("""{"scopes":["workspace:read","no_user_data"]}""", "scopes")]
    [InlineData("""{"scopes":[null]}""", "scopes")]
    [InlineData("""{"allow_list":["unknown:*"]}""", "allow_list")]
    [InlineData("""{"allow_list":["workspace:1"]}""", "allow_list")]
    [InlineData("""{"token_name":" a"}""", "token_name")]
    [InlineData("""{"token_name":"a/b"}""", "token_name")]
    [InlineData("""{"token_name":"tokenconfig"}""", "token_name")]
    public async Task A_bad_request_names_its_field(string body, string field)
    {
        var answer = await _s.Owner.PostAsync(Tokens, body);
        Assert.Equal((400, field), (answer.Code, answer.Field()));
    }

    [Fact]
    public async Task A_lifetime_is_in_nanoseconds_and_the_longest_is_told()
    {
        var (_, _, member) = await _s.AddPersonAsync("token");
        var longest = (await member.GetAsync($"{Tokens}/tokenconfig"))["max_token_lifetime"]!.GetValue<long>();
        Assert.Equal(876_600L * 3600 * 1_000_000_000, longest);
        Assert.Equal(201, (await member.PostAsync(Tokens, new { lifetime = longest, token_name = "long" })).Code);
        Assert.Equal(201, (await member.PostAsync(Tokens, new { lifetime = 90_000_000_000, token_name = "short" })).Code);
        Assert.Equal(90, (await member.GetAsync($"{Tokens}/short"))["lifetime_seconds"]!.GetValue<long>());
        Assert.Equal(400, (await member.PostAsync(Tokens, new { lifetime = longest + 1_000_000_000 })).Code);
    }

    [Fact]
    public async Task Twenty_tokens_of_one_name_give_one_201_and_nineteen_409()
    {
        var (_, _, member) = await _s.AddPersonAsync("token");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => member.PostAsync(Tokens, new { token_name = "same" })));
        Assert.Equal((1, 19), (answers.Count(answer => answer.Code == 201), answers.Count(answer => answer.Code == 409)));
        Assert.All(answers.Where(answer => answer.Code == 409), answer => Assert.Equal("token_name", answer.Field()));
        var (_, _, another) = await _s.AddPersonAsync("token");
        Assert.Equal(201, (await another.PostAsync(Tokens, new { token_name = "same" })).Code);
    }

    [Fact]
    public async Task Deleting_a_token_ends_it_and_frees_its_name()
    {
        var (_, id, member) = await _s.AddPersonAsync("token");
        var key = (await member.PostAsync(Tokens, new { token_name = "one" })).Text("key");
        using var byToken = new ApiClient(_s.Server.Address, key);
        Assert.Equal(200, (await byToken.GetAsync("/users/me")).Code);
        Assert.Equal(204, (await member.DeleteAsync($"/users/me/keys/{key[..10]}")).Code);
        Assert.Equal(401, (await byToken.GetAsync("/users/me")).Code);
        Assert.Equal(404, (await member.DeleteAsync($"/users/me/keys/{key[..10]}")).Code);
        Assert.Equal(404, (await member.GetAsync($"{Tokens}/one")).Code);
        Assert.Equal(201, (await member.PostAsync(Tokens, new { token_name = "one" })).Code);
        Assert.Equal(1, await _s.AuditedAsync(id, "delete", 204));
    }

    [Fact]
    public async Task An_expired_token_is_refused_and_hidden_and_keeps_its_name()
    {
        var (_, _, member) = await _s.AddPersonAsync("token");
        var key = (await member.PostAsync(Tokens, new { token_name = "old" })).Text("key");
        Assert.Equal(204, (await member.PutAsync($"/users/me/keys/{key[..10]}/expire")).Code);
        using var byToken = new ApiClient(_s.Server.Address, key);
        var refused = await byToken.GetAsync("/users/me");
        Assert.Equal(401, refused.Code);
        Assert.Contains("expired", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("[]\n", (await member.GetAsync(Tokens)).Text);
        Assert.Single((await member.GetAsync($"{Tokens}?include_expired=true")).Json!.AsArray());
        Assert.Equal(409, (await member.PostAsync(Tokens, new { token_name = "old" })).Code);
        Assert.Equal(404, (await member.PutAsync("/users/me/keys/nothing/expire")).Code);
    }

    [Fact]
    public async Task A_list_of_everybody_holds_what_the_caller_may_read()
    {
        var (name, _, member) = await _s.AddPersonAsync("token");
        var (other, _, another) = await _s.AddPersonAsync("token");
        await member.PostAsync(Tokens, new { token_name = "mine" });
        await another.PostAsync(Tokens, new { token_name = "theirs" });
        Assert.Equal([name], await OwnersAsync(member, "?include_all=true"));
        Assert.Superset(new HashSet<string> { name, other }, (await OwnersAsync(_s.Owner, "?include_all=true")).ToHashSet());
        Assert.DoesNotContain(name, await OwnersAsync(_s.Owner, ""));
        var theirs = await _s.Owner.GetAsync($"/users/{other}/keys/tokens");
        Assert.Equal("theirs", Assert.Single(theirs.Json!.AsArray())!["token_name"]!.GetValue<string>());
        Assert.Equal(400, (await member.GetAsync($"{Tokens}?include_all=maybe")).Code);
    }

    [Fact]
    public async Task Nobody_but_owners_touches_the_keys_of_others()
    {
        var (name, _, member) = await _s.AddPersonAsync("token");
        var keyId = member.Token![..10];
        var (_, _, admin) = await _s.AddPersonAsync("token", "user-admin");
        Assert.Equal(200, (await admin.GetAsync($"/users/{name}")).Code);
        foreach (var answer in new[]
        {
            await admin.PostAsync($"/users/{name}/keys"),
            await admin.PostAsync($"/users/{name}/keys/tokens", new { }),
            await admin.GetAsync($"/users/{name}/keys/tokens"),
            await admin.GetAsync($"/users/{name}/keys/{keyId}"),
            await admin.DeleteAsync($"/users/{name}/keys/{keyId}"),
            await admin.PutAsync($"/users/{name}/keys/{keyId}/expire"),
        })
            Assert.Equal(404, answer.Code);

        Assert.Equal(404, (await admin.GetAsync($"/users/me/keys/{keyId}")).Code);
        var robot = await _s.Owner.PostAsync("/users", new { username = UserSteps.Unique("robot"), service_account = true, organization_ids = new[] { _s.OrganizationId } });
        var key = (await _s.Owner.PostAsync($"/users/{robot.Text("id")}/keys/tokens", new { token_name = "ci" })).Text("key");
        using var byToken = new ApiClient(_s.Server.Address, key);
        var self = await byToken.GetAsync("/users/me");
        Assert.Equal((robot.Text("id"), "active"), (self.Text("id"), self.Text("status")));
        Assert.NotEqual("0001-01-01T00:00:00Z", self.Text("last_seen_at"));
        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from platform.audit_logs where resource_id = '{robot.Text("id")}' and action = 'write'"));
    }

    private static async Task<IReadOnlyList<string>> OwnersAsync(ApiClient client, string query) =>
        [.. (await client.GetAsync(Tokens + query)).Json!.AsArray().Select(token => token!["username"]!.GetValue<string>())];
}
