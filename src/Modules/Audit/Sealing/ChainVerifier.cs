using Monolith.Audit.Contracts;

namespace Monolith.Audit.Sealing;

/// <summary>Walks along the chain, from the oldest row that is kept to the last one that was sealed when the walk began.</summary>
internal sealed class ChainVerifier(IChainReader chain) : IAuditVerification
{
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var segments = await chain.SegmentsAsync(cancellationToken);
        var (verified, removed, hash, position, fault) = (0L, 0L, ChainHash.Start, 0L, (AuditFault?)null);
        using var next = new ChainHash();
        foreach (var segment in segments)
        {
            if (segment.FirstPosition != position + 1)
                fault = new(position + 1, null, null, "The segments of the chain have a gap before this position.");
            else if (segment.RemovedAt is not null)
                removed += segment.LastPosition - segment.FirstPosition + 1;
            else
                (verified, fault) = await WalkAsync(segment, hash, next, verified, cancellationToken);
            if (fault is not null)
                break;
            (hash, position) = (segment.LastHash, segment.LastPosition);
        }

        fault ??= await OutsideAsync(cancellationToken);
        var last = segments.Count > 0 ? segments[^1] : null;
        return new(
            fault is null, verified, removed, await chain.UnsealedAsync(cancellationToken), last?.LastPosition ?? 0, Convert.ToHexStringLower(last?.LastHash ?? ChainHash.Start), fault);
    }

    private async Task<(long Verified, AuditFault? Fault)> WalkAsync(Segment segment, byte[] hash, ChainHash next, long verified, CancellationToken cancellationToken)
    {
        var position = segment.FirstPosition - 1;
        while (position < segment.LastPosition)
        {
            var rows = await chain.RowsAsync(position, segment.LastPosition, cancellationToken);
            foreach (var row in rows)
            {
                if (Fault(row, ++position, hash, next) is { } fault)
                    return await UnlessRemovedAsync(segment, verified, fault, cancellationToken);
                (hash, verified) = (row.Hash!, verified + 1);
            }

            if (rows.Count == 0)
                return await UnlessRemovedAsync(segment, verified, Gone(position + 1), cancellationToken);
        }

        return (verified, hash.AsSpan().SequenceEqual(segment.LastHash)
            ? null
            : new AuditFault(position, null, null, "The segment that ends here was sealed with another hash."));
    }

    // The retention may have been faster than the walk.
    private async Task<(long Verified, AuditFault? Fault)> UnlessRemovedAsync(Segment segment, long verified, AuditFault fault, CancellationToken cancellationToken) =>
        (verified, await chain.IsRemovedAsync(segment.Number, cancellationToken) ? null : fault);

    private static AuditFault? Fault(SealedRow row, long position, byte[] hash, ChainHash next)
    {
        if (row.Position != position)
            return Gone(position);
        if (row.Id is null)
            return new(position, row.RowId, null, "The row was removed.");
        var fits = row.ErasedHash is { } erased ? ErasureDigest.Hash(next, row).AsSpan().SequenceEqual(erased) : next.Next(hash, position, row).AsSpan().SequenceEqual(row.Hash);
        return fits
            ? null
            : new(position, row.RowId, row.At, "The row is not the one that was sealed here: it was changed, or it stood elsewhere.");
    }

    private static AuditFault Gone(long position) => new(position, null, null, "The seal of this position was removed.");

    private async Task<AuditFault?> OutsideAsync(CancellationToken cancellationToken)
    {
        if (await chain.StrayAsync(cancellationToken) is { } stray)
            return new(null, stray.Id, stray.At, "The row was not written by the program: it has no place in the chain.");
        if (await chain.ForgedErasureAsync(cancellationToken) is { } forged)
            return new(null, forged, null, "An erasure of personal data is not the one that the log tells: rows were changed that it does not name, or it is not told at all.");
        return await chain.LostAsync(cancellationToken) is { } lost ? new(null, lost, null, "The row was removed before it was sealed.") : null;
    }
}
