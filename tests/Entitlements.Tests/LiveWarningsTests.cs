using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Entitlements.Tests;

public sealed class LiveWarningsTests : IDisposable
{
    private readonly ILicenseReader _reader = Substitute.For<ILicenseReader>();
    private readonly IServiceScopeFactory _scopes = Substitute.For<IServiceScopeFactory>();
    private readonly EntitlementSnapshot _snapshot;

    public LiveWarningsTests() => _snapshot = new(_reader, Samples.Community(), new FakeTimeProvider(Samples.Now));

    public void Dispose() => _snapshot.Dispose();

    [Fact]
    public async Task Without_a_counted_limit_the_database_is_not_asked()
    {
        Assert.Equal(["The license expires in 3 days."], await WarningsAsync(Samples.Stored(Samples.Terms("enterprise", expiresInDays: 3))));
        _scopes.DidNotReceive().CreateScope();
    }

    [Theory]
    [InlineData("user_limit")]
    [InlineData("ai_governance_user_limit")]
    [InlineData("managed_agent_limit")]
    public async Task A_database_that_does_not_answer_costs_the_warnings_and_nothing_else(string limit)
    {
        _scopes.CreateScope().Returns(_ => throw new NpgsqlException("away"));

        Assert.Empty(await WarningsAsync(Samples.Stored(Samples.Terms(expiresInDays: 3, features: (limit, 5)))));
        _scopes.Received(1).CreateScope();
    }

    [Fact]
    public async Task Pages_ask_a_database_that_does_not_answer_once_a_second()
    {
        _scopes.CreateScope().Returns(_ => throw new NpgsqlException("away"));
        _reader.ReadAsync(default, default).ReturnsForAnyArgs([Samples.Stored(Samples.Terms(features: ("user_limit", 5)))]);
        await _snapshot.RefreshAsync(CancellationToken.None);
        var clock = new FakeTimeProvider();
        using var live = new LiveWarnings(_snapshot, _scopes, clock, NullLogger<LiveWarnings>.Instance);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => live.RecentAsync(CancellationToken.None).AsTask()));
        _scopes.Received(1).CreateScope();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await live.RecentAsync(CancellationToken.None));
        Assert.Null(await live.RecentAsync(CancellationToken.None));
        _scopes.Received(2).CreateScope();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_keep_old_counts()
    {
        _scopes.CreateScope().Returns(_ => throw new NpgsqlException("away"));
        _reader.ReadAsync(default, default).ReturnsForAnyArgs([Samples.Stored(Samples.Terms(features: ("user_limit", 5)))]);
        await _snapshot.RefreshAsync(CancellationToken.None);
        var clock = new SetBackClock(Samples.Now);
        using var live = new LiveWarnings(_snapshot, _scopes, clock, NullLogger<LiveWarnings>.Instance);
        await live.RecentAsync(CancellationToken.None);
        clock.SetBack(TimeSpan.FromHours(1));
        clock.Pass(TimeSpan.FromSeconds(1));
        await live.RecentAsync(CancellationToken.None);
        _scopes.Received(2).CreateScope();
    }

    [Fact]
    public async Task The_rest_between_refreshes_is_a_minute_whatever_is_done_to_the_clock()
    {
        var clock = new SetBackClock(Samples.Now);
        using var snapshot = new EntitlementSnapshot(_reader, Samples.Community(), clock);
        Assert.Null(snapshot.SinceRefresh);
        _reader.ReadAsync(default, default).ReturnsForAnyArgs([]);
        await snapshot.RefreshAsync(CancellationToken.None);
        clock.SetBack(TimeSpan.FromHours(1));
        clock.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(20), snapshot.SinceRefresh);
    }

    private async Task<IReadOnlyList<string>> WarningsAsync(StoredLicense license)
    {
        _reader.ReadAsync(default, default).ReturnsForAnyArgs([license]);
        await _snapshot.RefreshAsync(CancellationToken.None);
        using var live = new LiveWarnings(_snapshot, _scopes, TimeProvider.System, NullLogger<LiveWarnings>.Instance);
        return await live.CurrentAsync(CancellationToken.None);
    }
}
