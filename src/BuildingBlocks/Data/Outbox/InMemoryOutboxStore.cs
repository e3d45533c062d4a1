namespace Monolith.Data.Outbox;

/// <summary>Keeps pieces in memory, with the same rules; for tests. What is added is due at once: there is no transaction.</summary>
internal sealed class InMemoryOutboxStore : IOutboxStore
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    /// <summary>What waits, with the reason of its last failure, and whether it was given up.</summary>
    public IReadOnlyList<(OutboxPiece Piece, string? LastError, bool IsDead)> Pieces
    {
        get
        {
            lock (_gate)
                return [.. _entries.Select(entry => (entry.Piece, entry.LastError, entry.DeadAt is not null))];
        }
    }

    public Task AddAsync(OutboxEvent happened, string[] handlers, CancellationToken cancellationToken)
    {
        lock (_gate)
            _entries.AddRange(handlers.Select(handler => new Entry(new OutboxPiece(happened.Id, handler, happened.Payload, 0), happened.At)));
        return Task.CompletedTask;
    }

    public Task<OutboxPiece?> ClaimAsync(string[] handlers, TimeSpan[] pauses, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var due = _entries.Where(entry => entry is { DeadAt: null, IsLocked: false } && entry.DueAt <= now && handlers.Contains(entry.Piece.Handler)).MinBy(entry => entry.DueAt);
            if (due is null)
                return Task.FromResult<OutboxPiece?>(null);
            due.DueAt = now + pauses[Math.Min(due.Piece.Attempts, pauses.Length - 1)];
            due.Piece = due.Piece with { Attempts = due.Piece.Attempts + 1 };
            return Task.FromResult<OutboxPiece?>(due.Piece);
        }
    }

    public async Task<bool> FinishAsync(OutboxPiece piece, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_gate)
        {
            entry = _entries.Find(one => one.Piece == piece && one is { DeadAt: null, IsLocked: false });
            if (entry is null)
                return false;
            entry.IsLocked = true;
        }

        try
        {
            await work(cancellationToken);
            lock (_gate)
                _entries.Remove(entry);
            return true;
        }
        finally
        {
            entry.IsLocked = false;
        }
    }

    public Task FailAsync(OutboxPiece piece, string reason, DateTimeOffset? deadAt, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_entries.Find(one => one.Piece == piece) is { } entry)
                (entry.LastError, entry.DeadAt) = (reason, deadAt);
        }

        return Task.CompletedTask;
    }

    public Task<int> SweepAsync(string[] handlers, DateTimeOffset now, DateTimeOffset orphanedBefore, DateTimeOffset forgottenBefore, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _entries.RemoveAll(entry => entry.DeadAt < forgottenBefore);
            var orphans = _entries.Where(entry => entry.DeadAt is null && entry.StoredAt < orphanedBefore && !handlers.Contains(entry.Piece.Handler)).ToList();
            foreach (var orphan in orphans)
                (orphan.LastError, orphan.DeadAt) = ("No handler of this name is left.", now);
            return Task.FromResult(orphans.Count);
        }
    }

    private sealed class Entry(OutboxPiece piece, DateTimeOffset storedAt)
    {
        public OutboxPiece Piece { get; set; } = piece;

        public DateTimeOffset StoredAt { get; } = storedAt;

        public DateTimeOffset DueAt { get; set; } = storedAt;

        public DateTimeOffset? DeadAt { get; set; }

        public string? LastError { get; set; }

        public bool IsLocked { get; set; }
    }
}
