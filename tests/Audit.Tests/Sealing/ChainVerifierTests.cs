using Monolith.Audit.Sealing;

namespace Monolith.Audit.Tests.Sealing;

/// <summary>The walk along a chain in memory.</summary>
public sealed class ChainVerifierTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly IChainReader _chain = Substitute.For<IChainReader>();

    [Fact]
    public async Task An_empty_chain_fits()
    {
        _chain.SegmentsAsync(default).ReturnsForAnyArgs([]);
        var found = await new ChainVerifier(_chain).VerifyAsync(CancellationToken.None);
        Assert.True(found.Valid);
        Assert.Equal((0L, new string('0', 64)), (found.Position, found.Hash));
    }

    [Fact]
    public async Task The_walk_begins_with_the_hash_that_a_removed_segment_left()
    {
        var (segments, seals, rows) = Chain();
        var removed = new Segment { Number = 1, FirstPosition = 1, LastPosition = 1, LastHash = segments[0].LastHash, RemovedAt = Day };
        Offer([removed, segments[1]], seals, rows);
        var found = await new ChainVerifier(_chain).VerifyAsync(CancellationToken.None);
        Assert.Equal((true, 1L, 1L), (found.Valid, found.Verified, found.Removed));
    }

    [Fact]
    public async Task A_segment_that_is_missing_is_a_gap()
    {
        var (segments, seals, rows) = Chain();
        Offer([segments[1]], seals, rows);
        Assert.Equal(1, (await new ChainVerifier(_chain).VerifyAsync(CancellationToken.None)).Fault!.Position);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_segment_that_was_removed_during_the_walk_is_no_fault(bool removed)
    {
        var (segments, seals, rows) = Chain();
        Offer(segments, seals[1..], rows);
        _chain.IsRemovedAsync(1, Arg.Any<CancellationToken>()).Returns(removed);
        Assert.Equal(removed, (await new ChainVerifier(_chain).VerifyAsync(CancellationToken.None)).Valid);
    }

    private static (List<Segment> Segments, List<Seal> Seals, SealedRow[] Rows) Chain()
    {
        SealedRow[] rows = [new() { Id = Guid.CreateVersion7(), At = Day }, new() { Id = Guid.CreateVersion7(), At = Day.AddDays(1) }];
        var (seals, segments) = Seals.Append(null, rows);
        return ([.. segments], [.. seals], rows);
    }

    private void Offer(IReadOnlyList<Segment> segments, IReadOnlyList<Seal> seals, SealedRow[] rows)
    {
        _chain.SegmentsAsync(default).ReturnsForAnyArgs(segments);
        _chain.RowsAsync(default, default, default).ReturnsForAnyArgs(call => seals
            .Where(seal => seal.Position > call.ArgAt<long>(0) && seal.Position <= call.ArgAt<long>(1))
            .Select(seal => new SealedRow { Position = seal.Position, RowId = seal.RowId, Hash = seal.Hash, Id = seal.RowId, At = rows.Single(row => row.Id == seal.RowId).At })
            .ToList());
    }
}
