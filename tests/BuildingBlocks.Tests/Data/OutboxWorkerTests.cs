using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Monolith.Data.Outbox;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;

namespace Monolith.BuildingBlocks.Tests.Data;

/// <summary>What becomes of stored work, without a database.</summary>
public sealed class OutboxWorkerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly InMemoryOutboxStore _store = new();
    private readonly Log _log = new();
    private readonly ServiceProvider _services;

    public OutboxWorkerTests() => _services = new ServiceCollection()
        .AddSingleton<IOutboxStore>(_store)
        .AddSingleton(_log)
        .AddSingleton<OutboxRoutes>()
        .AddSingleton<TimeProvider>(_clock)
        .AddScoped<IOutbox, OutboxWriter>()
        .AddSlices([typeof(First), typeof(Second)])
        .BuildServiceProvider();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Each_handler_of_an_event_gets_it_once()
    {
        await StoreAsync("a");
        Assert.Equal(2, _store.Pieces.Count);

        await DrainAsync();
        await DrainAsync();

        Assert.Equal(["First a 1", "Second a 1"], _log.Done.Order());
        Assert.Empty(_store.Pieces);
        Assert.Equal(2, _log.Keys.Distinct().Count());
    }

    [Fact]
    public async Task A_piece_that_fails_stops_no_other_and_is_tried_again_after_its_pause()
    {
        _log.Failing.Add("First bad");
        await StoreAsync("bad");
        await StoreAsync("good");
        await DrainAsync();
        Assert.Equal(["First good 1", "Second bad 1", "Second good 1"], _log.Done.Order());
        Assert.Equal(("A planted failure.", false), Assert.Single(_store.Pieces.Select(one => (one.LastError, one.IsDead))));

        _log.Failing.Clear();
        await DrainAsync();
        Assert.DoesNotContain("First bad 2", _log.Done);
        _clock.Advance(OutboxWorker.Pauses[0]);
        await DrainAsync();

        Assert.Contains("First bad 2", _log.Done);
        Assert.Empty(_store.Pieces);
        Assert.Equal(4, _log.Keys.Distinct().Count());
    }

    [Fact]
    public async Task After_twelve_attempts_it_is_given_up_kept_for_thirty_days_and_then_forgotten()
    {
        _log.Failing.Add("First bad");
        await StoreAsync("bad");
        foreach (var pause in OutboxWorker.Pauses)
        {
            Assert.False(_store.Pieces.Single(one => one.Piece.Handler.EndsWith("First", StringComparison.Ordinal)).IsDead);
            await DrainAsync();
            _clock.Advance(pause);
        }

        var dead = Assert.Single(_store.Pieces);
        Assert.Equal((true, "A planted failure.", 12), (dead.IsDead, dead.LastError, dead.Piece.Attempts));
        Assert.InRange(OutboxWorker.Pauses.Sum(pause => pause.TotalMinutes), 60, 75);

        _log.Failing.Clear();
        await DrainAsync();
        Assert.DoesNotContain(_log.Done, one => one.StartsWith("First", StringComparison.Ordinal));
        _clock.Advance(OutboxWorker.Kept);
        await DrainAsync();
        Assert.Empty(_store.Pieces);
    }

    [Fact]
    public async Task An_attempt_that_ended_in_a_crash_counts_and_the_work_is_done_later()
    {
        await StoreAsync("a");
        var routes = _services.GetRequiredService<OutboxRoutes>();
        var lost = (await _store.ClaimAsync(routes.Names, OutboxWorker.Pauses, _clock.GetUtcNow(), CancellationToken.None))!;
        await DrainAsync();
        Assert.Single(_log.Done);

        _clock.Advance(OutboxWorker.Pauses[0]);
        await DrainAsync();

        Assert.Contains(_log.Done, one => one.EndsWith("a 2", StringComparison.Ordinal));
        Assert.False(await _store.FinishAsync(lost, _ => throw new InvalidOperationException("It was done twice."), CancellationToken.None));
    }

    [Fact]
    public async Task A_piece_that_takes_the_process_down_each_time_is_given_up_without_another_attempt()
    {
        await StoreAsync("a");
        var routes = _services.GetRequiredService<OutboxRoutes>();
        foreach (var pause in OutboxWorker.Pauses)
        {
            while (await _store.ClaimAsync(routes.Names, OutboxWorker.Pauses, _clock.GetUtcNow(), CancellationToken.None) is not null)
            {
            }

            _clock.Advance(pause);
        }

        await DrainAsync();
        Assert.Empty(_log.Done);
        Assert.All(_store.Pieces, one => Assert.True(one.IsDead));
    }

    [Fact]
    public async Task Workers_share_the_pieces()
    {
        for (var i = 0; i < 50; i++)
            await StoreAsync($"{i}");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(DrainAsync)));
        Assert.Equal(100, _log.Done.Count);
        Assert.Equal(100, _log.Done.Distinct().Count());
        Assert.Empty(_store.Pieces);
    }

    [Fact]
    public async Task A_piece_whose_handler_is_in_no_build_is_given_up_after_a_day()
    {
        await _store.AddAsync(new OutboxEvent(Guid.CreateVersion7(), "Gone", "{}", _clock.GetUtcNow()), ["Handlers.Gone"], CancellationToken.None);
        await DrainAsync();
        Assert.False(Assert.Single(_store.Pieces).IsDead);
        _clock.Advance(TimeSpan.FromHours(25));
        await DrainAsync();
        Assert.True(Assert.Single(_store.Pieces).IsDead);
    }

    private async Task StoreAsync(string text)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOutbox>().StoreAsync(new Happened(text), CancellationToken.None);
    }

    private Task DrainAsync() =>
        new OutboxWorker(_services.GetRequiredService<IServiceScopeFactory>(), _services.GetRequiredService<OutboxRoutes>(), new OutboxSignal(), _clock, NullLogger<OutboxWorker>.Instance)
            .DrainAsync(CancellationToken.None);

    internal sealed record Happened(string Text) : IEvent;

    internal sealed class Log
    {
        public ConcurrentQueue<string> Done { get; } = new();

        public ConcurrentQueue<string> Keys { get; } = new();

        public HashSet<string> Failing { get; } = [];

        public Task Note(string handler, Happened happened, OutboxDelivery delivery)
        {
            Keys.Enqueue(delivery.IdempotenceKey);
            if (Failing.Contains($"{handler} {happened.Text}"))
                throw new InvalidOperationException("A planted failure.");
            Done.Enqueue($"{handler} {happened.Text} {delivery.Attempt}");
            return Task.CompletedTask;
        }
    }

    internal sealed class First(Log log) : IOutboxHandler<Happened>
    {
        public Task HandleAsync(Happened happened, OutboxDelivery delivery, CancellationToken cancellationToken) => log.Note(nameof(First), happened, delivery);
    }

    internal sealed class Second(Log log) : IOutboxHandler<Happened>
    {
        public Task HandleAsync(Happened happened, OutboxDelivery delivery, CancellationToken cancellationToken) => log.Note(nameof(Second), happened, delivery);
    }
}
