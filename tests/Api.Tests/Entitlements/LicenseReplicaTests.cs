using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Two servers on one database: what one of them is told, both know.</summary>
public sealed class LicenseReplicaTests(LicenseReplicaTests.Pair pair) : IClassFixture<LicenseReplicaTests.Pair>, IAsyncLifetime
{
    private const string Listeners =
        """
        from pg_stat_activity
        where datname = current_database() and query = 'listen monolith_licenses' and pid <> pg_backend_pid()
        """;

    public async Task InitializeAsync()
    {
        await Licenses.ClearAsync(pair.First.Owner);
        await UntilAsync(async () => (long)(await pair.Second.SqlAsync($"select count(*) {Listeners}"))! == 2, "both listen");
        await UntilAsync(async () => await LimitAsync(pair.Other) is null, "the second server is empty too");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_change_on_one_replica_acts_on_the_other()
    {
        var license = await Licenses.GrantAsync(pair.First.Owner, 9);
        await UntilAsync(async () => await LimitAsync(pair.Other) == 9, "the upload arrives");
        Assert.Equal(200, (await pair.Other.DeleteAsync($"/licenses/{license}")).Code);
        Assert.Null(await LimitAsync(pair.Other));
        await UntilAsync(async () => await LimitAsync(pair.First.Owner) is null, "the deletion arrives");
    }

    [Fact]
    public async Task The_replica_that_made_the_change_has_it_before_it_answers()
    {
        for (var seats = 1; seats <= 5; seats++)
        {
            var license = await Licenses.GrantAsync(pair.First.Owner, seats);
            Assert.Equal(seats, await LimitAsync(pair.First.Owner));
            await pair.First.Owner.DeleteAsync($"/licenses/{license}");
            Assert.Null(await LimitAsync(pair.First.Owner));
        }
    }

    [Fact]
    public async Task A_killed_listener_comes_back_and_misses_nothing()
    {
        var killed = await pair.Second.SqlAsync($"select count(pg_terminate_backend(pid)) {Listeners}");
        Assert.Equal(2L, killed);

        // Uploaded while nobody listens: it is read when they listen again.
        await Licenses.GrantAsync(pair.First.Owner, 4);
        await UntilAsync(async () => await LimitAsync(pair.Other) == 4, "the change from the silence arrives");
        await UntilAsync(async () => (long)(await pair.Second.SqlAsync($"select count(*) {Listeners}"))! == 2, "both listen again");
        await Licenses.GrantAsync(pair.First.Owner, 5);
        await UntilAsync(async () => await LimitAsync(pair.Other) == 5, "the next change arrives");
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

    /// <summary>The two servers, and the owner at the second one.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        public Scenario First { get; private set; } = null!;

        public MonolithServer Second { get; private set; } = null!;

        public ApiClient Other { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            First = await Scenario.StartAsync();
            Second = await MonolithServer.StartOnAsync(First.Server.ConnectionString);
            Other = new ApiClient(Second.Address, First.Owner.Token);
        }

        public async Task DisposeAsync()
        {
            Other.Dispose();
            await Second.DisposeAsync();
            await First.DisposeAsync();
        }
    }
}
