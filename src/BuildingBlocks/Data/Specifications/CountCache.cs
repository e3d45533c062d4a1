using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Monolith.Data.Specifications;

/// <summary>A count.</summary>
/// <param name="Count">How many match.</param>
/// <param name="IsEstimate">Whether it is about so many.</param>
/// <param name="AreMany">Whether a walk in display order finds a page of them sooner than a search for all of them.</param>
internal readonly record struct Counted(long Count, bool IsEstimate, bool AreMany)
{
    /// <summary>The sort key of the first of them in display order, and the version that it is of; null when nobody has seen it.</summary>
    public (string Key, long Version)? First { get; init; }

    public Counted Less(int rows) => this with { Count = Math.Max(Count - rows, 0), First = null };
}

/// <summary>What is counted.</summary>
/// <param name="Text">The tables, the conditions and the order.</param>
/// <param name="Values">Of the conditions, and of what else the statement says.</param>
/// <param name="Count">So many of them, the first, are of the conditions.</param>
internal readonly record struct CountedList(string Text, DynamicParameters Values, int Count);

/// <summary>
/// Counts that were made, each with the version of the rows that it is of. Whoever asks brings the version that the database has now, so nothing in here is ever out of date:
/// what does not fit is not found. In bounded memory. Singleton.
/// </summary>
internal sealed class CountCache(int capacity = CountCache.Capacity)
{
    public const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private Dictionary<UInt128, (long Version, Counted Counted)> _current = [];
    private Dictionary<UInt128, (long Version, Counted Counted)> _previous = [];

    public Counted? Find(UInt128 list, long version)
    {
        lock (_gate)
            return (_current.TryGetValue(list, out var known) || _previous.TryGetValue(list, out known)) && known.Version == version ? known.Counted : null;
    }

    /// <summary>What was counted last, of whatever version.</summary>
    public Counted? Latest(UInt128 list)
    {
        lock (_gate)
            return _current.TryGetValue(list, out var known) || _previous.TryGetValue(list, out known) ? known.Counted : null;
    }

    public void Keep(UInt128 list, long version, Counted counted)
    {
        lock (_gate)
        {
            if (_current.Count >= capacity)
                (_previous, _current) = (_current, []);
            _current[list] = (version, counted);
        }
    }

    /// <summary>Names what is counted: the conditions with their values, and the order.</summary>
    public static UInt128 Conditions(CountedList list)
    {
        var text = new StringBuilder(list.Text, 512);
        foreach (var name in list.Values.ParameterNames.Take(list.Count))
            Append(text, list.Values.Get<object?>(name));
        return BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Names what is counted behind a row: of the conditions, all of it without one.</summary>
    public static UInt128 Behind(UInt128 conditions, object? cursor)
    {
        if (cursor is null)
            return conditions;
        Span<byte> both = stackalloc byte[16 + SHA256.HashSizeInBytes];
        BitConverter.TryWriteBytes(both, conditions);
        SHA256.HashData(Encoding.UTF8.GetBytes(Convert.ToString(cursor, CultureInfo.InvariantCulture)!), both[16..]);
        return BitConverter.ToUInt128(SHA256.HashData(both));
    }

    // With its length: no value can look like two.
    private static void Append(StringBuilder text, object? value)
    {
        if (value is Array several)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{several.Length}]");
            foreach (var one in several)
                Append(text, one);
            return;
        }

        var written = value is DateTimeOffset time ? time.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"\n{written?.Length}:{written}");
    }
}
