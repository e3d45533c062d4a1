using System.Text.Json.Nodes;
using Monolith.Api.Tests.Entitlements;
using Monolith.Api.Tests.Hosting;
using Monolith.Testing;

namespace Monolith.Api.Tests.Connections;

/// <summary>The server behind PgBouncer in transaction mode: another server connection for each transaction.</summary>
public sealed class PgBouncerTests(PooledServers servers) : IClassFixture<PooledServers>
{
    private const int Clients = 16;
    private const int Requests = 10_000;

    [SkippableFact]
    public async Task Sixteen_clients_and_ten_thousand_requests_of_all_kinds_and_none_fails()
    {
        RequirePgBouncer();
        var reads = await ReadsAsync();
        Assert.True(reads.Count > 30, "the description names hardly any route");

        var clients = Enumerable.Range(0, Clients).Select(number => new PooledClient(number, number % 2 == 0 ? servers.First : servers.Second, servers.Token, reads)).ToList();
        await Task.WhenAll(clients.Select(client => client.WorkAsync(Requests / Clients)));

        Assert.True(clients.Sum(client => client.Sent) >= Requests, "not all were sent");
        Assert.Empty(reads.Except(clients.SelectMany(client => client.Asked)));
        clients.ForEach(client => client.Dispose());
    }

    [SkippableFact]
    public async Task A_license_that_one_replica_is_given_acts_on_the_other_at_once()
    {
        RequirePgBouncer();
        using var first = new ApiClient(servers.First.Address, servers.Token);
        using var second = new ApiClient(servers.Second.Address, servers.Token);
        await Licenses.ClearAsync(first);
        await Eventually.HoldsAsync(async () => await LimitAsync(second) is null, "the other one has none either");
        for (var seats = 3L; seats <= 5; seats++)
        {
            var license = await Licenses.GrantAsync(first, seats);
            await Eventually.HoldsAsync(async () => await LimitAsync(second) == seats, "the upload arrives");
            Assert.Equal(200, (await second.DeleteAsync($"/licenses/{license}")).Code);
            await Eventually.HoldsAsync(async () => await LimitAsync(first) is null, "the deletion arrives");
        }
    }

    [SkippableFact]
    public async Task What_needs_a_session_goes_past_it()
    {
        RequirePgBouncer();
        const string Listeners = "select count(*) from pg_stat_activity where datname = current_database() and query = 'listen monolith_licenses'";
        await Eventually.HoldsAsync(async () => await servers.First.SqlAsync(Listeners) is 2L, "both listen");
        Assert.Equal(0L, await servers.First.SqlAsync($"{Listeners} and application_name = '{PgBouncer.Name}'"));
        Assert.NotEqual(0L, await servers.First.SqlAsync($"select count(*) from pg_stat_activity where datname = current_database() and application_name = '{PgBouncer.Name}'"));
    }

    private static async Task<long?> LimitAsync(ApiClient client) =>
        (await client.GetAsync("/entitlements"))["features"]!["ai_governance_user_limit"]!["limit"]?.GetValue<long>();

    private async Task<List<string>> ReadsAsync()
    {
        using var http = new HttpClient { BaseAddress = servers.First.Address };
        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v2.json"))!;
        return [.. document["paths"]!.AsObject().Where(path => path.Value!["get"] is not null && path.Key.StartsWith("/api/v2/", StringComparison.Ordinal)).Select(path => path.Key)];
    }

    private static void RequirePgBouncer()
    {
        if (PgBouncer.Program is not null)
            return;
        Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), "PgBouncer is not installed.");
        Skip.If(true, "PgBouncer is not installed: apt-get install pgbouncer");
    }
}
