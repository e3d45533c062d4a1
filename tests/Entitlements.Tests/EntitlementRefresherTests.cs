using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;

namespace Monolith.Entitlements.Tests;

/// <summary>When the licenses are read again, without a database and without waiting.</summary>
public sealed class EntitlementRefresherTests : IAsyncLifetime, IDisposable
{
    private readonly WatchedClock _clock = new(Samples.Now);
    private readonly Channel<int> _reads = Channel.CreateUnbounded<int>();
    private readonly ScriptedFeed _feed = new();
    private readonly EntitlementSnapshot _snapshot;
    private readonly EntitlementRefresher _refresher;
    private IReadOnlyList<StoredLicense> _stored = [];
    private bool _broken;

    public EntitlementRefresherTests()
    {
        var reader = Substitute.For<ILicenseReader>();
        reader.ReadAsync(default, default).ReturnsForAnyArgs(_ =>
        {
            _reads.Writer.TryWrite(1);
            return _broken ? throw new InvalidOperationException("no database") : Task.FromResult(_stored);
        });
        _snapshot = new EntitlementSnapshot(reader, Samples.Community(("Entitlements:CommunityFeatures", "")), _clock);
        _refresher = new EntitlementRefresher(_feed, _snapshot, _clock, NullLogger<EntitlementRefresher>.Instance);
    }

    public async Task InitializeAsync()
    {
        await _refresher.StartAsync(CancellationToken.None);
        await _refresher.RunAsync(CancellationToken.None);
        await NextAsync(_reads);
        Assert.Equal(EntitlementRefresher.Period, await NextAsync(_clock.Timers));
    }

    public Task DisposeAsync() => _refresher.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _refresher.Dispose();
        _snapshot.Dispose();
    }

    [Fact]
    public async Task A_change_is_read_at_once()
    {
        await _feed.ChangeAsync();
        await NextAsync(_reads);

        _stored = [Samples.Stored(Samples.Terms("premium"))];
        await _feed.ChangeAsync();

        Assert.True(_snapshot.IsUsable("custom_roles"));
    }

    [Fact]
    public async Task Without_any_announcement_it_reads_every_ten_minutes()
    {
        _clock.Advance(EntitlementRefresher.Period - TimeSpan.FromTicks(1));
        Assert.False(_reads.Reader.TryRead(out _));

        _clock.Advance(TimeSpan.FromTicks(1));
        await NextAsync(_reads);

        _clock.Advance(EntitlementRefresher.Period);
        await NextAsync(_reads);
    }

    [Fact]
    public async Task A_failed_read_keeps_what_is_known_and_is_tried_again()
    {
        _stored = [Samples.Stored(Samples.Terms("premium"))];
        await _feed.ChangeAsync();
        await NextAsync(_reads);
        _broken = true;
        _clock.Advance(EntitlementRefresher.Period);
        await NextAsync(_reads);
        Assert.True(_snapshot.IsUsable("custom_roles"));

        (_broken, _stored) = (false, []);
        _clock.Advance(EntitlementRefresher.Period);
        await NextAsync(_reads);
        await _snapshot.RefreshAsync(CancellationToken.None);
        Assert.False(_snapshot.IsUsable("custom_roles"));
    }

    [Fact]
    public async Task A_lost_connection_is_retried_within_two_seconds_however_long_it_is_away_and_everything_is_read_again()
    {
        var seconds = new List<double>();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await _feed.BreakAsync();
            var pause = await NextAsync(_clock.Timers);
            seconds.Add(pause.TotalSeconds);
            _clock.Advance(pause);
        }

        Assert.Equal([0.25, 0.5, 1, 2, 2, 2, 2, 2, 2, 2], seconds);
        while (_reads.Reader.TryRead(out _))
            continue;

        await _feed.ChangeAsync();
        await NextAsync(_reads);
        await _feed.BreakAsync();
        Assert.Equal(EntitlementRefresher.FirstPause, await NextAsync(_clock.Timers));
    }

    private static async Task<T> NextAsync<T>(Channel<T> channel) => await channel.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Tells which timers were made, so that time moves only when somebody waits for it.</summary>
    private sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public Channel<TimeSpan> Timers { get; } = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Timers.Writer.TryWrite(dueTime);
            return timer;
        }
    }

    /// <summary>A feed that does what the test says, one step at a time.</summary>
    private sealed class ScriptedFeed : ILicenseChangeFeed
    {
        private readonly Channel<(bool Breaks, TaskCompletionSource Done)> _script = Channel.CreateUnbounded<(bool, TaskCompletionSource)>();

        public Task ChangeAsync() => StepAsync(false);

        public Task BreakAsync() => StepAsync(true);

        public async Task ListenAsync(Func<CancellationToken, Task> changed, CancellationToken cancellationToken)
        {
            while (true)
            {
                var (breaks, done) = await _script.Reader.ReadAsync(cancellationToken);
                if (!breaks)
                    await changed(cancellationToken);
                done.SetResult();
                if (breaks)
                    throw new InvalidOperationException("connection lost");
            }
        }

        private async Task StepAsync(bool breaks)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _script.Writer.TryWrite((breaks, done));
            await done.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
