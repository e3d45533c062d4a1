using Monolith.Audit.Sealing;
using Monolith.Testing;

namespace Monolith.Audit.Tests.Sealing;

/// <summary>How rows get their places.</summary>
public sealed class SealTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_hash_depends_on_the_one_before_and_on_the_place()
    {
        var rows = new[] { Row(Day, "a"), Row(Day, "b") };
        var (seals, _) = Seals.Append(null, rows);
        Assert.Equal([1L, 2L], seals.Select(seal => seal.Position));
        var (other, _) = Seals.Append(null, [rows[1], rows[0]]);
        Assert.NotEqual(seals[0].Hash, other[1].Hash);
        Assert.NotEqual(seals[1].Hash, other[0].Hash);
    }

    [Fact]
    public void No_text_can_move_from_one_column_to_the_next()
    {
        var hashes = new[] { Row(Day, "ab", "c"), Row(Day, "a", "bc"), Row(Day, "abc", ""), Row(Day, "abc", null) }
            .Select(row => Convert.ToHexString(Seals.Append(null, [row]).Seals[0].Hash));
        Assert.Equal(4, hashes.Distinct().Count());
    }

    [Fact]
    public void A_segment_ends_with_its_day_or_with_ten_thousand_rows()
    {
        var (_, byDay) = Seals.Append(null, [Row(Day), Row(Day.AddHours(20)), Row(Day.AddHours(10))]);
        Assert.Equal([(1L, 1L), (2L, 3L)], byDay.Select(segment => (segment.FirstPosition, segment.LastPosition)));
        Assert.Equal(Day.AddHours(20), byDay[1].LastAt);

        var (seals, full) = Seals.Append(byDay[1], Enumerable.Repeat(Row(Day.AddHours(21)), 10_000));
        Assert.Equal([10_000L, 2L], full.Select(segment => segment.LastPosition - segment.FirstPosition + 1));
        Assert.Equal(seals[^1].Hash, full[^1].LastHash);
    }

    [Fact]
    public async Task Two_replicas_make_one_chain_of_what_both_write_at_once()
    {
        await using var s = await Scenario.StartAsync();
        await using var second = await MonolithServer.StartOnAsync(s.Server.ConnectionString);
        var other = s.On(second);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? s : other).CreateUserAsync($"user{i}")));
        var found = await s.SealedAsync();
        Assert.True(found["valid"]!.GetValue<bool>(), found.ToJsonString());
        Assert.True(found["verified"]!.GetValue<long>() >= 10);
        await other.Owner.GetAsync("/users/me");
    }

    private static SealedRow Row(DateTimeOffset at, string target = "", string? agent = null) => new() { Id = new Guid("00000000-0000-0000-0000-000000000001"), At = at, Target = target, UserAgent = agent };
}
