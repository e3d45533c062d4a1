using System.Net;
using Monolith.Api.Tests.Members;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Api.Tests.Connections;

/// <summary>A page needs one connection at a time, also on a host that has served nothing yet.</summary>
public sealed class DashboardLoadTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Three_hundred_first_pages_share_three_connections()
    {
        var scenario = fixture.Scenario;
        var connection = new NpgsqlConnectionStringBuilder(scenario.Server.ConnectionString) { MaxPoolSize = 3, Timeout = 60 }.ConnectionString;
        await using var cold = await MonolithServer.StartOnAsync(connection);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = cold.Address };
        http.DefaultRequestHeaders.Add("Coder-Session-Token", scenario.Owner.Token);
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        string[] pages = ["/users", "/organizations/main/members", "/licenses", "/ai-seats"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => http.GetAsync(pages[i % pages.Length])));

        Assert.Equal([HttpStatusCode.OK], answers.Select(answer => answer.StatusCode).Distinct());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/readyz")).StatusCode);
    }
}
