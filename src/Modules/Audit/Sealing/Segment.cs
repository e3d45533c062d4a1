namespace Monolith.Audit.Sealing;

/// <summary>A piece of the chain: at most ten thousand rows of one day, as far as it goes.</summary>
internal sealed class Segment
{
    private const long MostRows = 10_000;

    public long Number { get; init; }

    public long FirstPosition { get; init; }

    public long LastPosition { get; set; }

    /// <summary>The time of its newest row.</summary>
    public DateTimeOffset LastAt { get; set; }

    public byte[] LastHash { get; set; } = ChainHash.Start;

    /// <summary>When its rows were removed; null while they are there.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Whether the next row begins another one.</summary>
    public bool EndsBefore(DateTimeOffset at) =>
        RemovedAt is not null || LastPosition - FirstPosition + 1 >= MostRows || at.UtcDateTime.Date > LastAt.UtcDateTime.Date;

    /// <summary>The segment behind this one, or the first.</summary>
    public static Segment After(Segment? last, DateTimeOffset at) => new()
    {
        Number = (last?.Number ?? 0) + 1,
        FirstPosition = (last?.LastPosition ?? 0) + 1,
        LastPosition = last?.LastPosition ?? 0,
        LastAt = at,
        LastHash = last?.LastHash ?? ChainHash.Start,
    };
}
