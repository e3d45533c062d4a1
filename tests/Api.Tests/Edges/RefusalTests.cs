using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Edges;

/// <summary>Refused writes leave a trace, and a flood of them a small one.</summary>
public sealed class RefusalTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Refusals_of_authorization_and_validation_leave_a_row()
    {
        var (id, member) = await _s.AddAsync("refused");
        Assert.Equal(403, (await member.PostAsync("/licenses", new { license = "x" })).Code);
        Assert.Equal(400, (await member.PutAsync("/users/me/profile", new { username = "?", name = "" })).Code);
        Assert.Equal(404, (await member.DeleteAsync("/organizations/nothing/members/nobody")).Code);
        Assert.Equal(1, await CountAsync($"actor_id = '{id}' and status = 403 and operation = 'UploadLicense' and resource_type = 'license' and action = 'create' and address = '127.0.0.1'", 1));
        Assert.Equal(1, await CountAsync($"actor_id = '{id}' and status = 400 and action = 'write'", 1));
        Assert.Equal(1, await CountAsync($"actor_id = '{id}' and status = 404 and action = 'delete' and resource_id is null", 1));
    }

    [Fact]
    public async Task A_refused_license_leaves_a_row_without_its_text()
    {
        var license = Licenses.ByAnotherKey(Licenses.Seats(5));
        Assert.Equal(400, (await _s.Owner.PostAsync("/licenses", new { license })).Code);
        await CountAsync($"actor_id = '{_s.OwnerId}' and status = 400 and resource_type = 'license'", 1);
        Assert.Equal(0L, await _s.Server.SqlAsync($"select count(*) from platform.audit_logs a where a::text like '%{license[..40]}%'"));
    }

    [Fact]
    public async Task Refusals_before_a_command_leave_a_row_too()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_s.Server.Address, "/api/v2/users/me/appearance")) { Content = new StringContent("{}") };
        request.Headers.Add("Cookie", $"coder_session_token={_s.Owner.Token}");
        Assert.Equal(400, (int)(await http.SendAsync(request)).StatusCode);
        await CountAsync($"actor_id = '{_s.OwnerId}' and operation = 'PUT /api/v2/users/{{user}}/appearance' and status = 400", 1);
    }

    [Fact]
    public async Task A_flood_of_wrong_passwords_is_summed_up_and_no_try_is_lost()
    {
        const int Tries = 60;
        var (id, _) = await _s.AddAsync("flooded");
        await Task.WhenAll(Enumerable.Range(0, Tries).Select(_ => _s.Anonymous().PostAsync("/users/login", new { email = "flooded@example.com", password = "wrong" })));
        var where = $"actor_id = '{id}' and action = 'login' and status = 401";
        await CountAsync(where, Tries);
        Assert.InRange((long)(await _s.Server.SqlAsync($"select count(*) from platform.audit_logs where {where}"))!, 2, 15);
    }

    [Fact]
    public async Task Strangers_who_write_are_counted_by_their_address_and_a_stopping_host_writes_it()
    {
        await using (var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("Proxy:KnownProxies", "127.0.0.1")))
        {
            using var stranger = new ApiClient(replica.Address);
            for (var i = 0; i < 20; i++)
                Assert.Equal(401, (await stranger.SendAsync(HttpMethod.Delete, $"/users/{i}", null, ("X-Forwarded-For", $"2001:db8:7:7::{i + 1}"))).Code);
        }

        Assert.Equal(20L, await _s.Server.SqlAsync("select sum(occurrences) from platform.audit_logs where actor_id is null and status = 401 and address = '2001:db8:7:7::/64'"));
        Assert.InRange((long)(await _s.Server.SqlAsync("select count(*) from platform.audit_logs where address = '2001:db8:7:7::/64'"))!, 1, 3);
    }

    [Fact]
    public async Task A_read_that_is_refused_leaves_none()
    {
        var (id, member) = await _s.AddAsync("reader");
        Assert.Equal(404, (await member.GetAsync("/users/nobody")).Code);
        Assert.Equal(400, (await member.PostAsync("/authcheck", "{")).Code);
        Assert.Equal(403, (await member.PostAsync("/licenses", new { license = "x" })).Code);
        await CountAsync($"actor_id = '{id}' and status = 403", 1);
        Assert.Equal(1L, await _s.Server.SqlAsync($"select count(*) from platform.audit_logs where actor_id = '{id}' and status >= 400"));
    }

    /// <summary>Waits until the rows stand for as many refusals as were made.</summary>
    private async Task<long> CountAsync(string where, long expected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        long count;
        while ((count = (long)(await _s.Server.SqlAsync($"select coalesce(sum(occurrences), 0) from platform.audit_logs where {where}"))!) < expected)
            await Task.Delay(20, limit.Token);
        return count;
    }
}
