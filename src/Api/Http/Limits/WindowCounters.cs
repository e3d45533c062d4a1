namespace Monolith.Api.Http.Limits;

/// <summary>Where a counter stands after a request.</summary>
/// <param name="Limit">What a window allows.</param>
/// <param name="Remaining">What is left of it.</param>
/// <param name="Reset">Until the window ends.</param>
/// <param name="IsExceeded">The request was not counted, because nothing was left.</param>
internal readonly record struct LimitState(int Limit, int Remaining, TimeSpan Reset, bool IsExceeded);

/// <summary>Counts in fixed windows, one for each key, that begin with the first request. Memory is bounded whatever the keys are, and so is the work.</summary>
/// <remarks>The framework's limiters keep an object with a timer for each partition, without an upper bound. When the table is full, new keys share counters: an attacker who fills it is still counted.</remarks>
internal sealed class WindowCounters(int limit, TimeSpan window, TimeProvider clock, int capacity = WindowCounters.DefaultCapacity)
{
    public const int DefaultCapacity = 100_000;
    public const int SharedCounters = 4096;

    private readonly Lock _gate = new();
    private Dictionary<UInt128, Counter> _current = [];
    private Dictionary<UInt128, Counter> _previous = [];
    private long _turned = clock.GetTimestamp();

    /// <summary>Counters in memory.</summary>
    public int Size
    {
        get
        {
            lock (_gate)
                return _current.Count + _previous.Count;
        }
    }

    /// <summary>Counts one request.</summary>
    public LimitState Take(UInt128 key) => Ask(key, 1);

    /// <summary>Where the counter stands; counts nothing.</summary>
    public LimitState Look(UInt128 key) => Ask(key, 0);

    private LimitState Ask(UInt128 key, int cost)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            Turn(now);
            var counter = Find(ref key, now);
            var exceeded = counter.Count >= limit;
            if (!exceeded && cost > 0)
            {
                counter = counter with { Count = counter.Count + cost };
                _current[key] = counter;
            }

            return new(limit, limit - counter.Count, window - clock.GetElapsedTime(counter.Since, now), exceeded);
        }
    }

    /// <summary>What began before the last turn but one has ended by now.</summary>
    private void Turn(long now)
    {
        var age = clock.GetElapsedTime(_turned, now);
        if (age < window)
            return;
        _previous = age < 2 * window ? _current : [];
        _current = [];
        _turned = now;
    }

    private Counter Find(ref UInt128 key, long now)
    {
        if (!TryFind(key, now, out var counter) && _current.Count >= capacity)
        {
            key %= SharedCounters;
            TryFind(key, now, out counter);
        }

        return counter;
    }

    private bool TryFind(UInt128 key, long now, out Counter counter)
    {
        if ((_current.TryGetValue(key, out counter) || _previous.TryGetValue(key, out counter)) && clock.GetElapsedTime(counter.Since, now) < window)
            return true;
        counter = new(now, 0);
        return false;
    }

    private readonly record struct Counter(long Since, int Count);
}
