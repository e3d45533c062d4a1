using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>The license file at start (specification 2.5).</summary>
public sealed class LicenseFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private (string, string) Setting => ("Licensing:File", _file);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task It_is_imported_once_and_never_beside_another_license()
    {
        await File.WriteAllTextAsync(_file, $"  {Licenses.Issue(Licenses.Seats(7))}\n\n");
        await using var scenario = await Scenario.StartAsync(Setting);
        var imported = Assert.Single((await scenario.Owner.GetAsync("/licenses")).Json!.AsArray())!;
        Assert.Equal(7, imported["claims"]!["features"]!["ai_governance_user_limit"]!.GetValue<long>());
        Assert.Equal(7, await LimitAsync(scenario.Owner));
        Assert.Equal(
            "create",
            await scenario.Server.SqlAsync($"select action from platform.audit_logs where resource_id = '{imported["uuid"]}' and actor_id is null"));

        await File.WriteAllTextAsync(_file, Licenses.Issue(Licenses.Seats(8)));
        await using var second = await MonolithServer.StartOnAsync(scenario.Server.ConnectionString, Setting);
        Assert.Equal(7, await LimitAsync(scenario.Owner));
        Assert.Single((await scenario.Owner.GetAsync("/licenses")).Json!.AsArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    public async Task No_file_and_an_empty_one_are_skipped(string? content)
    {
        if (content is not null)
            await File.WriteAllTextAsync(_file, content);
        await using var scenario = await Scenario.StartAsync(Setting);
        Assert.Empty((await scenario.Owner.GetAsync("/licenses")).Json!.AsArray());
    }

    [Fact]
    public async Task Replicas_that_start_at_once_import_it_once()
    {
        await File.WriteAllTextAsync(_file, Licenses.Issue(Licenses.Seats(7)));
        var database = await TestDatabase.CreateAsync();
        try
        {
            var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => MonolithServer.StartOnAsync(database, Setting)));
            foreach (var server in servers)
            {
                using var client = new ApiClient(server.Address);
                Assert.Equal(7, await LimitAsync(client));
            }

            Assert.Equal(1L, await servers[0].SqlAsync("select count(*) from entitlements.licenses"));
            foreach (var server in servers)
                await server.DisposeAsync();
        }
        finally
        {
            await TestDatabase.DropAsync(database);
        }
    }

    private static async Task<long?> LimitAsync(ApiClient client) =>
        (await client.GetAsync("/entitlements"))["features"]!["ai_governance_user_limit"]!["limit"]?.GetValue<long>();
}
