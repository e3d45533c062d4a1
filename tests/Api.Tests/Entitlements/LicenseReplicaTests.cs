using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Two servers on one database: what one of them is told, both know.</summary>
public sealed class LicenseReplicaTests : IAsyncLifetime, IDisposable
{
    private const string Listeners =
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and query = 'listen monolith_licenses' and pid <> pg_backend_pid()
        """;

    private Scenario _first = null!;
    private MonolithServer _second = null!;
    private ApiClient _other = null!;

    public async Task InitializeAsync()
    {
        _first = await Scenario.StartAsync();
        _second = await MonolithServer.StartOnAsync(_first.Server.ConnectionString);
        _other = new ApiClient(_second.Address, _first.Owner.Token);
        await UntilAsync(async () => (long)(await _second.SqlAsync(Listeners))! == 2, "both listen");
    }

    public void Dispose() => _other.Dispose();

    public async Task DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
    }

    [Fact]
    public async Task A_change_on_one_replica_acts_on_the_other()
    {
        var license = await Licenses.GrantAsync(_first.Owner, 9);
        await UntilAsync(async () => await LimitAsync(_other) == 9, "the upload arrives");
        Assert.Equal(200, (await _other.DeleteAsync($"/licenses/{license}")).Code);
        Assert.Null(await LimitAsync(_other));
        await UntilAsync(async () => await LimitAsync(_first.Owner) is null, "the deletion arrives");
    }

    [Fact]
    public async Task The_replica_that_made_the_change_has_it_before_it_answers()
    {
        for (var seats = 1; seats <= 5; seats++)
        {
            var license = await Licenses.GrantAsync(_first.Owner, seats);
            Assert.Equal(seats, await LimitAsync(_first.Owner));
            await _first.Owner.DeleteAsync($"/licenses/{license}");
            Assert.Null(await LimitAsync(_first.Owner));
        }
    }

    [Fact]
    public async Task A_killed_listener_comes_back_and_misses_nothing()
    {
        var killed = await _second.SqlAsync(
            """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and query = 'listen monolith_licenses' and pid <> pg_backend_pid()
            """);
        Assert.Equal(2L, killed);

        // Uploaded while nobody listens: it is read when they listen again.
        await Licenses.GrantAsync(_first.Owner, 4);
        await UntilAsync(async () => await LimitAsync(_other) == 4, "the change from the silence arrives");
        await UntilAsync(async () => (long)(await _second.SqlAsync(Listeners))! == 2, "both listen again");
        await Licenses.GrantAsync(_first.Owner, 5);
        await UntilAsync(async () => await LimitAsync(_other) == 5, "the next change arrives");
    }

    private static async Task<long?> LimitAsync(ApiClient client) =>
        (await client.GetAsync("/entitlements"))["features"]!["ai_governance_user_limit"]!["limit"]?.GetValue<long>();

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            Assert.False(deadline.IsCancellationRequested, what);
            await Task.Yield();
        }
    }
}
