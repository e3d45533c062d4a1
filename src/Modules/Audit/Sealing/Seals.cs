namespace Monolith.Audit.Sealing;

/// <summary>A place in the chain.</summary>
internal sealed record Seal(long Position, Guid RowId, byte[] Hash);

/// <summary>Appends rows to the chain.</summary>
internal static class Seals
{
    /// <summary>The seals of rows that are new, and the segments that they changed or began.</summary>
    /// <param name="last">Where the chain ends; null when it is empty. It is changed.</param>
    /// <param name="rows">In the order in which they are sealed.</param>
    public static (IReadOnlyList<Seal> Seals, IReadOnlyList<Segment> Segments) Append(Segment? last, IEnumerable<SealedRow> rows)
    {
        using var chain = new ChainHash();
        List<Seal> seals = [];
        List<Segment> segments = [];
        foreach (var row in rows)
        {
            if (last is null || last.EndsBefore(row.At))
                last = Segment.After(last, row.At);
            if (segments.Count == 0 || segments[^1] != last)
                segments.Add(last);
            last.LastPosition++;
            last.LastHash = chain.Next(last.LastHash, last.LastPosition, row);
            last.LastAt = row.At > last.LastAt ? row.At : last.LastAt;
            seals.Add(new Seal(last.LastPosition, row.Id!.Value, last.LastHash));
        }

        return (seals, segments);
    }
}
