using Monolith.Audit.Sealing;
using Monolith.Testing;
using Npgsql;

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

    [Fact]
    public async Task A_sealer_that_dies_in_the_middle_of_a_batch_leaves_no_gap_and_seals_no_row_twice()
    {
        await using var s = await Scenario.StartAsync();
        await s.SealedAsync();
        await using var connection = new NpgsqlConnection(s.Server.ConnectionString);
        await connection.OpenAsync();
        await using (var held = await connection.BeginTransactionAsync())
        {
            // The seals are written by then; what the segment says of them cannot be.
            await new NpgsqlCommand("lock table audit.segments in exclusive mode", connection, held).ExecuteNonQueryAsync();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => s.CreateUserAsync($"user{i}")));
            await KillWriterOfSegmentsAsync(s);
            Assert.NotEqual(0L, await s.Server.SqlAsync("select count(*) from platform.unsealed_audit_logs"));
            Assert.Equal(0L, await s.Server.SqlAsync("select count(*) from platform.unsealed_audit_logs join audit.seals on row_id = id"));
        }

        var found = await s.SealedAsync();
        Assert.True(found["valid"]!.GetValue<bool>(), found.ToJsonString());
        Assert.Equal(await s.Server.SqlAsync("select count(*) from platform.audit_logs"), await s.Server.SqlAsync("select count(distinct row_id) from audit.seals"));
        Assert.Equal(await s.Server.SqlAsync("select count(*) from platform.audit_logs"), await s.Server.SqlAsync("select sum(rows)::bigint from audit.counts"));
    }

    private static async Task KillWriterOfSegmentsAsync(Scenario s)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await s.Server.SqlAsync(
            """
            select pg_terminate_backend(pid)
            from pg_stat_activity
            where wait_event_type = 'Lock' and query like '%insert into audit.segments%' and datname = current_database()
            """) is not true)
            await Task.Delay(20, limit.Token);
    }

    private static SealedRow Row(DateTimeOffset at, string target = "", string? agent = null) => new() { Id = new Guid("00000000-0000-0000-0000-000000000001"), At = at, Target = target, UserAgent = agent };
}
