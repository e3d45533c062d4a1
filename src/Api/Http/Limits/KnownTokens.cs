namespace Monolith.Api.Http.Limits;

/// <summary>The tokens that were good within the last minutes, as hashes, in bounded memory. A flood of bad tokens from an address does not shut out the people who work there.</summary>
internal sealed class KnownTokens(TimeProvider clock, int capacity = WindowCounters.DefaultCapacity)
{
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private HashSet<UInt128> _current = [];
    private HashSet<UInt128> _previous = [];
    private long _turned = clock.GetTimestamp();

    public void Remember(string token)
    {
        var key = LimitKey.Of(token);
        lock (_gate)
        {
            TurnWhenDue();
            if (_current.Count < capacity)
                _current.Add(key);
        }
    }

    public bool Contains(string token)
    {
        var key = LimitKey.Of(token);
        lock (_gate)
        {
            TurnWhenDue();
            return _current.Contains(key) || _previous.Contains(key);
        }
    }

    private void TurnWhenDue()
    {
        var now = clock.GetTimestamp();
        var age = clock.GetElapsedTime(_turned, now);
        if (age < Turn)
            return;
        _previous = age < 2 * Turn ? _current : [];
        _current = [];
        _turned = now;
    }
}
