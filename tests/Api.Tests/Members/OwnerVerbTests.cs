using Monolith.Api.Tests.Verbs;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>The way back in for the operator (contract 7.1).</summary>
public sealed class OwnerVerbTests
{
    private const string Next = "Another-Horse-10-Charger";

    [Fact]
    public async Task Makes_an_owner_where_nothing_was_set_up_and_while_the_server_runs()
    {
        await using var server = await MonolithServer.StartAsync();
        using var anonymous = new ApiClient(server.Address);
        Assert.Equal(404, (await anonymous.GetAsync("/users/first")).Code);

        var (code, output, _) = await RunAsync(server, Next, "create", "--email", "Boss@Example.com", "--username", "boss", "--name", "The Boss");
        Assert.Equal((0, "Created the owner boss.\n"), (code, output));
        Assert.Equal(200, (await anonymous.GetAsync("/users/first")).Code);
        Assert.Equal(409, (await anonymous.PostAsync("/users/first", new { email = "x@example.com", username = "x", password = Next })).Code);
        using var boss = await SignInAsync(server, "boss@example.com", Next);
        Assert.Equal("owner", (await boss.GetAsync("/users/me"))["roles"]![0]!["name"]!.GetValue<string>());
        Assert.Single((await boss.GetAsync("/organizations/default/members")).Json!.AsArray());
        Assert.Equal(1L, await server.SqlAsync("select count(*) from platform.audit_logs where action = 'create' and target = 'boss' and actor_id is null and after->>'by' like '%owner create%'"));

        (code, output, _) = await RunAsync(server, "", "list");
        Assert.Equal(0, code);
        Assert.Contains("boss", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brings_back_a_deployment_without_owners()
    {
        await using var s = await Scenario.StartAsync();
        var (_, id, member) = await s.AddPersonAsync("verb");
        await s.Server.SqlAsync("update members.users set deleted = true where username = 'owner'");
        var (code, output, error) = await RunAsync(s.Server, "", "list");
        Assert.Equal((0, ""), (code, output));
        Assert.Contains("Nobody", error, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(s.Server, "", "create", "--email", "again@example.com", "--username", "again", "--generate");
        Assert.Equal(0, code);
        using var again = await SignInAsync(s.Server, "again@example.com", output.Split("Password: ")[1].Trim());
        Assert.Equal(200, (await again.PutAsync($"/users/{id}/roles", new { roles = new[] { "owner" } })).Code);
        Assert.Equal(200, (await member.GetAsync("/users/me")).Code);
    }

    [Theory]
    [InlineData("", 1, "password", "create", "--email", "a@example.com", "--username", "a")]
    [InlineData("Password1", 1, "password", "create", "--email", "a@example.com", "--username", "a")]
    [InlineData(Next, 1, "username", "create", "--email", "a@example.com", "--username", "new")]
    [InlineData(Next, 1, "email", "create", "--email", "a@example.com.", "--username", "a")]
    [InlineData(Next, 2, "--email", "create", "--username", "a")]
    [InlineData(Next, 2, "--password", "create", "--email", "a@example.com", "--username", "a", "--password", Next)]
    [InlineData(Next, 1, "no such user", "reset-password", "nobody")]
    [InlineData(Next, 2, "argument", "reset-password")]
    [InlineData(Next, 2, "", "anything")]
    public async Task Says_what_is_wrong(string password, int expected, string word, params string[] args)
    {
        await using var server = await MonolithServer.StartAsync();
        var (code, output, error) = await RunAsync(server, password, args);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(word, error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0L, await server.SqlAsync("select count(*) from members.users"));
    }

    [Fact]
    public async Task Names_every_field_that_is_taken()
    {
        await using var s = await Scenario.StartAsync();
        var (code, _, error) = await RunAsync(s.Server, Next, "create", "--email", "owner@example.com", "--username", "owner");
        Assert.Equal(1, code);
        Assert.Contains("username: Taken.", error, StringComparison.Ordinal);
        Assert.Contains("email: Taken.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_ends_sessions_and_leaves_the_status()
    {
        await using var s = await Scenario.StartAsync();
        var (code, _, error) = await RunAsync(s.Server, Next, "reset-password", "OWNER@example.com");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(401, (await s.Owner.GetAsync("/users/me")).Code);
        Assert.Equal(1, await s.AuditedAsync(s.OwnerId, "write", 204));
        using var owner = await SignInAsync(s.Server, "owner@example.com", Next);

        await s.Server.SqlAsync("update members.users set status = 'suspended'");
        (code, _, error) = await RunAsync(s.Server, "Third-Horse-11-Wagon", "reset-password", s.OwnerId.ToString());
        Assert.Equal(0, code);
        Assert.Contains("suspended and stays so", error, StringComparison.Ordinal);
        Assert.Equal("suspended", await s.Server.SqlAsync("select status from members.users"));
    }

    private static async Task<ApiClient> SignInAsync(MonolithServer server, string email, string password)
    {
        using var anonymous = new ApiClient(server.Address);
        var login = await anonymous.PostAsync("/users/login", new { email, password });
        Assert.True(login.Code == 201, login.Text);
        return new ApiClient(server.Address, login["session_token"]!.GetValue<string>());
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(MonolithServer server, string password, params string[] args)
    {
        var run = await VerbRun.WithAsync(password, ["owner", .. args, $"--ConnectionStrings:Monolith={server.ConnectionString}"]);
        return (run.Code, run.Output, run.Error);
    }
}
