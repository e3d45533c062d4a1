using System.Collections.Concurrent;

namespace Monolith.Api.Http.Limits;

/// <summary>How much each of many has open. Whoever has nothing open is forgotten, so that the memory is that of what is open. Thread-safe.</summary>
internal sealed class OpenCounts<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, int> _open = new();

    /// <summary>How many have something open.</summary>
    public int Keys => _open.Count;

    /// <summary>Opens one more; answers how many the key has now.</summary>
    public int Enter(TKey key) => _open.AddOrUpdate(key, 1, (_, open) => open + 1);

    /// <summary>Closes one of those that were entered.</summary>
    public void Leave(TKey key)
    {
        while (_open.TryGetValue(key, out var open))
        {
            if (open > 1 ? _open.TryUpdate(key, open - 1, open) : _open.TryRemove(KeyValuePair.Create(key, open)))
                return;
        }
    }
}
