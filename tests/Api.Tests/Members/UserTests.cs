using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.5.</summary>
public sealed class UserTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static int _serial;
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Cases_48_and_52_there_is_one_first_user_and_it_is_the_owner()
    {
        var again = await _s.Anonymous().PostAsync("/users/first", new { email = "x@example.com", username = "x", password = Scenario.Password });
        Assert.Equal(409, again.Code);
        Assert.Equal(200, (await _s.Anonymous().GetAsync("/users/first")).Code);
        var owner = await _s.Owner.GetAsync("/users/me");
        Assert.Equal("owner", Assert.Single(owner["roles"]!.AsArray())!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Cases_53_54_57_sign_in()
    {
        var name = Unique();
        await _s.CreateUserAsync(name);
        Assert.Equal(401, await LoginAsync("nobody@example.com", Scenario.Password));
        Assert.Equal(401, await LoginAsync($"{name}@example.com", "wrong"));
        Assert.Equal(201, await LoginAsync($"{name}@EXAMPLE.com", Scenario.Password));
        var audited = await _s.Server.SqlAsync($"select count(*) from platform.audit_logs where action = 'login' and target = '{name}'");
        Assert.Equal(2L, audited);
    }

    [Fact]
    public async Task Case_55_a_suspended_user_is_out_and_case_102_comes_back()
    {
        var name = Unique();
        var (id, client) = await _s.AddAsync(name);
        Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
        Assert.Equal("suspended", (await _s.Owner.PutAsync($"/users/{id}/status/suspend"))["status"]!.GetValue<string>());
        var refused = await client.GetAsync("/users/me");
        Assert.Equal(401, refused.Code);
        Assert.Contains("Contact an admin", refused.Text, StringComparison.Ordinal);
        var login = await _s.Anonymous().PostAsync("/users/login", new { email = $"{name}@example.com", password = Scenario.Password });
        Assert.Equal(401, login.Code);
        Assert.Contains("suspended", login.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await _s.Owner.PutAsync($"/users/{id}/status/activate")).Code);
        Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
    }

    [Fact]
    public async Task Case_59_sign_out_ends_the_session()
    {
        var (_, client) = await _s.AddAsync(Unique());
        var answer = await client.PostAsync("/users/logout");
        Assert.Equal(200, answer.Code);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("coder_session_token=;", StringComparison.Ordinal));
        Assert.Equal(401, (await client.GetAsync("/users/me")).Code);
    }

    [Fact]
    public async Task Cases_61_to_65_creating_users()
    {
        var name = Unique();
        var created = await CreateAsync(new { username = name, email = $"{name}@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        Assert.Equal(201, created.Code);
        Assert.Equal("dormant", created["status"]!.GetValue<string>());
        Assert.Equal("0001-01-01T00:00:00Z", created["last_seen_at"]!.GetValue<string>());
        Assert.Equal(_s.OrganizationId, Assert.Single(created["organization_ids"]!.AsArray())!.GetValue<Guid>());
        var random = new[] { Guid.CreateVersion7() };
        Assert.Equal(409, (await CreateAsync(new { username = name.ToUpperInvariant(), email = "other@example.com", password = Scenario.Password, organization_ids = random })).Code);
        var fresh = Unique();
        Assert.Equal(404, (await CreateAsync(new { username = fresh, email = $"{fresh}@example.com", password = Scenario.Password, organization_ids = random })).Code);
        Assert.Equal(400, (await CreateAsync(new { username = fresh, email = $"{fresh}@example.com", password = "badpass", organization_ids = new[] { _s.OrganizationId } })).Code);
        Assert.Equal(400, (await CreateAsync(new { username = fresh, email = $"{fresh}@example.com", password = Scenario.Password })).Code);
    }

    [Fact]
    public async Task A_dormant_user_wakes_on_the_first_sign_in()
    {
        var name = Unique();
        await CreateAsync(new { username = name, email = $"{name}@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });
        var client = await _s.SignInAsync($"{name}@example.com");
        Assert.Equal("active", (await client.GetAsync("/users/me"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Cases_68_to_74_service_accounts()
    {
        object Account(string? email = null, string? password = null, string? loginType = null) =>
            new { username = Unique(), email, password, login_type = loginType, service_account = true, organization_ids = new[] { _s.OrganizationId } };

        var first = await CreateAsync(Account());
        Assert.Equal((201, "none", ""), (first.Code, first["login_type"]!.GetValue<string>(), first["email"]!.GetValue<string>()));
        Assert.Equal(201, (await CreateAsync(Account(loginType: "none"))).Code);
        Assert.Contains("Email cannot be set for service accounts", (await CreateAsync(Account(email: "a@example.com"))).Text, StringComparison.Ordinal);
        Assert.Contains("Password cannot be set for service accounts", (await CreateAsync(Account(password: "x"))).Text, StringComparison.Ordinal);
        Assert.Contains("must use login type", (await CreateAsync(Account(loginType: "password"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_77_a_deleted_user_is_out_and_the_name_is_free()
    {
        var name = Unique();
        var (id, client) = await _s.AddAsync(name);
        Assert.Equal(200, (await _s.Owner.DeleteAsync($"/users/{name}")).Code);
        Assert.Equal(401, (await client.GetAsync("/users/me")).Code);
        Assert.Equal(404, (await _s.Owner.GetAsync($"/users/{name}")).Code);
        Assert.Equal(200, (await _s.Owner.GetAsync($"/users/{id}")).Code);
        Assert.NotEqual(id, await _s.CreateUserAsync(name));
    }

    [Fact]
    public async Task Cases_78_80_99_101_refusals()
    {
        var (_, member) = await _s.AddAsync(Unique());
        Assert.Equal(404, (await member.DeleteAsync("/users/owner")).Code);
        Assert.Equal(403, (await _s.Owner.DeleteAsync("/users/me")).Code);
        Assert.Equal(400, (await _s.Owner.PutAsync("/users/me/status/suspend")).Code);
        Assert.Equal(403, (await CreateAs(member)).Code);
        var list = await member.GetAsync("/users");
        Assert.Equal(1, list["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Twenty_concurrent_creations_of_one_user_give_one_201_and_nineteen_409()
    {
        var name = Unique();
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await CreateAsync(new
        {
            username = name,
            email = $"{name}@example.com",
            password = Scenario.Password,
            organization_ids = new[] { _s.OrganizationId },
        })).Code));
        Assert.Equal(1, codes.Count(code => code == 201));
        Assert.Equal(19, codes.Count(code => code == 409));
        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from members.users where username = '{name}'"));
    }

    private static string Unique() => $"user{Interlocked.Increment(ref _serial)}";

    private async Task<int> LoginAsync(string email, string password) =>
        (await _s.Anonymous().PostAsync("/users/login", new { email, password })).Code;

    private Task<ApiAnswer> CreateAsync(object body) => _s.Owner.PostAsync("/users", body);

    private Task<ApiAnswer> CreateAs(ApiClient client) => client.PostAsync("/users", new
    {
        username = Unique(),
        email = "somebody@example.com",
        password = Scenario.Password,
        organization_ids = new[] { _s.OrganizationId },
    });
}
