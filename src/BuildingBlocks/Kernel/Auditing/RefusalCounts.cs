namespace Monolith.Kernel.Auditing;

/// <summary>What refusals have in common that are told together. No id of what was asked for: a refusal about a hidden thing looks like one about nothing.</summary>
/// <param name="ActorId">Who; null for strangers.</param>
/// <param name="Address">The network it came from.</param>
/// <param name="Action">What was tried.</param>
/// <param name="ResourceType">On what kind of thing.</param>
/// <param name="Operation">The command or the route.</param>
/// <param name="Status">The status of the answer.</param>
public sealed record Refusal(Guid? ActorId, string? Address, AuditAction Action, string ResourceType, string Operation, int Status);

/// <summary>A number of refusals, to be written as one row.</summary>
internal sealed record RefusalSum(Refusal Refusal, int Count, DateTimeOffset First, DateTimeOffset Last);

/// <summary>Sums refusals up in bounded memory. A sum is due right after its first refusal, so that it shows soon, and then once a minute. Thread-safe.</summary>
public sealed class RefusalCounts
{
    internal const int DefaultCapacity = 10_000;

    /// <summary>Rows of its own that a kind of refusal may have a minute when strangers cause it, such as wrong passwords.</summary>
    internal const int RowsOfStrangers = 5;

    /// <summary>The same for a signed-in caller: what a refusal was about is worth a row of its own until it is a flood.</summary>
    internal const int RowsOfCallers = 60;

    private const string Others = "others";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly int _capacity;
    private readonly Lock _gate = new();
    private readonly Dictionary<Refusal, Entry> _entries = [];

    /// <summary>Counts by this clock.</summary>
    public RefusalCounts(TimeProvider clock)
        : this(clock, DefaultCapacity)
    {
    }

    internal RefusalCounts(TimeProvider clock, int capacity) => (_clock, _capacity) = (clock, capacity);

    internal int Size
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Counts one or more.</summary>
    public void Add(Refusal refusal, int count = 1)
    {
        lock (_gate)
            Find(refusal).Add(count, _clock.GetUtcNow());
    }

    /// <summary>True for the first few of a minute, which get rows of their own; the others are counted.</summary>
    public bool Admits(Refusal refusal, int rows)
    {
        lock (_gate)
        {
            var entry = Find(refusal);
            if (entry.Admitted < rows)
            {
                entry.Admitted++;
                return true;
            }

            entry.Add(1, _clock.GetUtcNow());
            return false;
        }
    }

    /// <summary>Takes the sums that are due; all of them at the end.</summary>
    internal IReadOnlyList<RefusalSum> TakeDue(bool all)
    {
        List<RefusalSum> due = [];
        lock (_gate)
        {
            foreach (var (refusal, entry) in _entries.ToList())
            {
                var isOver = _clock.GetElapsedTime(entry.Since) >= Window;
                if (entry.Count > 0 && (all || isOver || !entry.WasTaken))
                    due.Add(entry.Take(refusal));
                if (isOver)
                    _entries.Remove(refusal);
            }
        }

        return due;
    }

    // A full table still counts: everybody who is new in it is one of the others.
    private Entry Find(Refusal refusal)
    {
        if (_entries.TryGetValue(refusal, out var entry))
            return entry;
        if (_entries.Count >= _capacity && _entries.TryGetValue(refusal = refusal with { ActorId = null, Address = Others }, out entry))
            return entry;
        return _entries[refusal] = new Entry(_clock.GetTimestamp());
    }

    private sealed class Entry(long since)
    {
        private DateTimeOffset _first;
        private DateTimeOffset _last;

        public long Since => since;

        public int Admitted { get; set; }

        public int Count { get; private set; }

        public bool WasTaken { get; private set; }

        public void Add(int count, DateTimeOffset now)
        {
            if (Count == 0)
                _first = now;
            _last = now;
            Count += count;
        }

        public RefusalSum Take(Refusal refusal)
        {
            var sum = new RefusalSum(refusal, Count, _first, _last);
            (Count, WasTaken) = (0, true);
            return sum;
        }
    }
}
