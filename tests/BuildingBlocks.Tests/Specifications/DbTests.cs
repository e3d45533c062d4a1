using Monolith.BuildingBlocks.Tests.Data;
using Npgsql;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>Who holds a connection, and for how long.</summary>
public sealed class DbTests(ThrowawayPostgres postgres) : IClassFixture<ThrowawayPostgres>
{
    [Fact]
    public async Task One_connection_serves_two_requests_between_their_statements()
    {
        await using var source = PoolOf(1);
        await using var one = source.Session();
        await using var other = source.Session();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i, await one.Db().ScalarAsync<int>("select @i", new { i }, CancellationToken.None));
            Assert.Equal(i, await other.Db().ScalarAsync<int>("select @i", new { i }, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Statements_of_one_request_never_need_a_second_connection()
    {
        await using var source = PoolOf(1);
        await using var db = source.Session();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => db.Db().ScalarAsync<int>("select @i from pg_sleep(0.001)", new { i }, CancellationToken.None)));
        Assert.Equal(Enumerable.Range(0, 20), answers);
    }

    [Fact]
    public async Task What_waits_for_a_commit_finds_the_connection_free()
    {
        await using var source = PoolOf(1);
        await using var db = source.Session();
        await using var other = source.Session();
        var seen = 0;
        await db.BeginAsync(CancellationToken.None);
        db.Db().OnCommitted(async cancellationToken => seen = await other.Db().ScalarAsync<int>("select 7", null, cancellationToken));
        await db.CommitAsync(CancellationToken.None);
        Assert.Equal(7, seen);
    }

    [Fact]
    public async Task An_end_in_the_middle_of_a_statement_waits_for_it_and_leaves_no_busy_connection()
    {
        await using var source = PoolOf(1);
        var db = source.Session();
        await db.BeginAsync(CancellationToken.None);
        var running = db.Db().ScalarAsync<int>("select 5 from pg_sleep(0.2)", null, CancellationToken.None);
        await db.DisposeAsync();
        Assert.Equal(5, await running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => db.Db().ScalarAsync<int>("select 1", null, CancellationToken.None));

        await using var next = source.Session();
        Assert.Equal(1, await next.Db().ScalarAsync<int>("select 1", null, CancellationToken.None));
    }

    [Fact]
    public async Task A_broken_connection_never_comes_back()
    {
        await using var source = PoolOf(1);
        await using (var db = source.Session())
        {
            await db.BeginAsync(CancellationToken.None);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => db.Db().ScalarAsync<bool>("select pg_terminate_backend(pg_backend_pid())", null, CancellationToken.None));
            await db.RollbackAsync();
        }

        await using var next = source.Session();
        Assert.Equal(1, await next.Db().ScalarAsync<int>("select 1", null, CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_after_the_commit_undoes_nothing_and_stops_nothing()
    {
        await using var db = postgres.Source.Session();
        var ran = false;
        await db.BeginAsync(CancellationToken.None);
        await db.Db().ExecuteAsync("create table committed (n int)", null, CancellationToken.None);
        db.Db().OnCommitted(_ => throw new InvalidOperationException("A planted failure."));
        db.Db().OnCommitted(_ => Task.FromResult(ran = true));
        await db.CommitAsync(CancellationToken.None);

        Assert.True(ran);
        Assert.Equal(0, await db.Db().ScalarAsync<int>("select count(*) from committed", null, CancellationToken.None));
    }

    // A second connection would wait for the first one, and fail.
    private NpgsqlDataSource PoolOf(int size) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.Source.ConnectionString) { MaxPoolSize = size, Timeout = 5 }.ConnectionString);
}
