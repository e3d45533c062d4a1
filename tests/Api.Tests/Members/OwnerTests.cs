using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Contract 7.1: owners are touched by owners only, and there is always one.</summary>
[Collection(UsersGroup.Name)]
public sealed class OwnerTests(ServerFixture fixture)
{
    private const string Next = "Another-Horse-10-Charger";
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task A_user_admin_touches_no_owner()
    {
        var (name, id, target) = await _s.AddPersonAsync("boss", "owner");
        var (_, _, admin) = await _s.AddPersonAsync("boss", "user-admin");
        foreach (var (what, answer, audited) in new[]
        {
            ("password", await admin.PutAsync($"/users/{id}/password", new { password = Next }), "write"),
            ("suspend", await admin.PutAsync($"/users/{id}/status/suspend"), "write"),
            ("activate", await admin.PutAsync($"/users/{id}/status/activate"), "write"),
            ("roles", await admin.PutAsync($"/users/{id}/roles", new { roles = new[] { "owner" } }), "write"),
            ("demote", await admin.PutAsync($"/users/{id}/roles", new { roles = Array.Empty<string>() }), "write"),
            ("delete", await admin.DeleteAsync($"/users/{id}"), "delete"),
        })
        {
            Assert.True(answer.Code == 400, $"{what}: {answer.Code} {answer.Text}");
            Assert.True(await _s.AuditedAsync(id, audited, 400) > 0, what);
        }

        Assert.Equal(200, (await target.GetAsync("/users/me")).Code);
        Assert.Equal(201, await _s.LoginAsync(name, Scenario.Password));
        Assert.Equal(200, (await admin.PutAsync($"/users/{id}/profile", new { username = name, name = "Renamed" })).Code);
    }

    [Fact]
    public async Task An_owner_touches_another_one()
    {
        var (name, id, target) = await _s.AddPersonAsync("boss", "owner");
        Assert.Equal(201, (await _s.Owner.PostAsync($"/users/{id}/keys")).Code);
        Assert.Equal(204, (await _s.Owner.PutAsync($"/users/{id}/password", new { password = Next })).Code);
        Assert.Equal(401, (await target.GetAsync("/users/me")).Code);
        Assert.Equal(200, (await _s.Owner.PutAsync($"/users/{name}/status/activate")).Code);
        Assert.Equal(400, (await _s.Owner.PutAsync($"/users/{name}/status/suspend")).Code);
        Assert.Equal(200, (await _s.Owner.DeleteAsync($"/users/{name}")).Code);
    }

    [Fact]
    public async Task Whoever_lacks_the_right_anyway_is_told_that_first()
    {
        var (_, id, _) = await _s.AddPersonAsync("boss", "owner");
        var (_, _, auditor) = await _s.AddPersonAsync("boss", "auditor");
        var (_, _, member) = await _s.AddPersonAsync("boss");
        foreach (var (client, codes) in new[] { (auditor, new[] { 404, 403, 403, 403, 404 }), (member, [404, 404, 404, 404, 404]) })
        {
            int[] seen =
            [
                (await client.PutAsync($"/users/{id}/password", new { password = Next })).Code,
                (await client.PutAsync($"/users/{id}/status/suspend")).Code,
                (await client.PutAsync($"/users/{id}/roles", new { roles = Array.Empty<string>() })).Code,
                (await client.DeleteAsync($"/users/{id}")).Code,
                (await client.PostAsync($"/users/{id}/keys/tokens", new { })).Code,
            ];
            Assert.Equal(codes, seen);
        }
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var s = await Scenario.StartAsync();
        var (_, _, admin) = await s.AddPersonAsync("boss", "user-admin");
        var refused = await admin.DeleteAsync("/users/owner");
        Assert.Equal(400, refused.Code);
        Assert.Contains("last owner", refused.Text("message"), StringComparison.Ordinal);
        Assert.Contains("last owner", (await admin.PutAsync("/users/owner/status/suspend")).Text("message"), StringComparison.Ordinal);

        // A dormant owner is none that can act.
        var (_, second, _) = await s.AddPersonAsync("boss", "owner");
        await s.Server.SqlAsync($"update members.users set status = 'dormant' where id = '{second}'");
        Assert.Contains("last owner", (await admin.DeleteAsync("/users/owner")).Text("message"), StringComparison.Ordinal);
        Assert.Equal(200, (await s.Owner.GetAsync("/users/me")).Code);
    }

    [Theory]
    [InlineData("demote")]
    [InlineData("delete")]
    [InlineData("suspend")]
    [InlineData("mixed")]
    public async Task Of_two_owners_who_end_each_other_one_stays(string how)
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("MONOLITH_OWNER_ROUNDS"), out var wanted) ? wanted : 5;
        await using var s = await Scenario.StartAsync();
        for (var round = 0; round < rounds; round++)
        {
            var (_, a, first) = await s.AddPersonAsync("duel", "owner");
            var (_, b, second) = await s.AddPersonAsync("duel", "owner");
            await s.Server.SqlAsync($"update members.users set site_roles = '{{}}' where id = '{s.OwnerId}'");

            var answers = await Task.WhenAll(EndAsync(first, b, how == "mixed" ? "delete" : how), EndAsync(second, a, how == "mixed" ? "demote" : how));
            Assert.All(answers, answer => Assert.True(answer.Code is 200 or 400 or 401 or 403 or 404, answer.Text));
            Assert.Equal(how == "suspend" ? 2L : 1L, await s.Server.SqlAsync("select count(*) from members.users where 'owner' = any (site_roles) and status = 'active' and not deleted"));
            Assert.Equal(409, (await s.Anonymous().PostAsync("/users/first", new { email = "x@example.com", username = "x", password = Scenario.Password })).Code);

            // The next round begins with the first owner alone.
            await s.Server.SqlAsync($"update members.users set site_roles = case when id = '{s.OwnerId}' then '{{owner}}'::text[] else '{{}}' end");
        }
    }

    [Fact]
    public async Task Set_up_stays_done_when_everybody_is_gone()
    {
        await using var s = await Scenario.StartAsync();
        await s.Server.SqlAsync("update members.users set deleted = true");
        var anonymous = s.Anonymous();
        Assert.Equal(409, (await anonymous.PostAsync("/users/first", new { email = "x@example.com", username = "x", password = Scenario.Password })).Code);
        Assert.Equal(200, (await anonymous.GetAsync("/users/first")).Code);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var page = await http.GetAsync(new Uri(s.Server.Address, "/set-up"));
        Assert.EndsWith("/sign-in", page.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    private static Task<ApiAnswer> EndAsync(ApiClient client, Guid other, string how) => how switch
    {
        "demote" => client.PutAsync($"/users/{other}/roles", new { roles = Array.Empty<string>() }),
        "delete" => client.DeleteAsync($"/users/{other}"),
        _ => client.PutAsync($"/users/{other}/status/suspend"),
    };
}
