using Monolith.BuildingBlocks.Data;
using Npgsql;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>Who holds a connection, and for how long.</summary>
public sealed class DbTests(ThrowawayPostgres postgres) : IClassFixture<ThrowawayPostgres>
{
    [Fact]
    public async Task One_connection_serves_two_requests_between_their_statements()
    {
        await using var source = PoolOf(1);
        await using var one = new Db(source);
        await using var other = new Db(source);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i, await one.ScalarAsync<int>("select @i", new { i }, CancellationToken.None));
            Assert.Equal(i, await other.ScalarAsync<int>("select @i", new { i }, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Statements_of_one_request_never_need_a_second_connection()
    {
        await using var source = PoolOf(1);
        await using var db = new Db(source);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => db.ScalarAsync<int>("select @i from pg_sleep(0.001)", new { i }, CancellationToken.None)));
        Assert.Equal(Enumerable.Range(0, 20), answers);
    }

    [Fact]
    public async Task What_waits_for_a_commit_finds_the_connection_free()
    {
        await using var source = PoolOf(1);
        await using var db = new Db(source);
        await using var other = new Db(source);
        var seen = 0;
        await db.BeginAsync(CancellationToken.None);
        db.OnCommitted(async cancellationToken => seen = await other.ScalarAsync<int>("select 7", null, cancellationToken));
        await db.CommitAsync(CancellationToken.None);
        Assert.Equal(7, seen);
    }

    [Fact]
    public async Task An_end_in_the_middle_of_a_statement_waits_for_it_and_leaves_no_busy_connection()
    {
        await using var source = PoolOf(1);
        var db = new Db(source);
        await db.BeginAsync(CancellationToken.None);
        var running = db.ScalarAsync<int>("select 5 from pg_sleep(0.2)", null, CancellationToken.None);
        await db.DisposeAsync();
        Assert.Equal(5, await running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => db.ScalarAsync<int>("select 1", null, CancellationToken.None));

        await using var next = new Db(source);
        Assert.Equal(1, await next.ScalarAsync<int>("select 1", null, CancellationToken.None));
    }

    [Fact]
    public async Task A_broken_connection_never_comes_back()
    {
        await using var source = PoolOf(1);
        await using (var db = new Db(source))
        {
            await db.BeginAsync(CancellationToken.None);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => db.ScalarAsync<bool>("select pg_terminate_backend(pg_backend_pid())", null, CancellationToken.None));
            await db.RollbackAsync();
        }

        await using var next = new Db(source);
        Assert.Equal(1, await next.ScalarAsync<int>("select 1", null, CancellationToken.None));
    }

    // A second connection would wait for the first one, and fail.
    private NpgsqlDataSource PoolOf(int size) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.Source.ConnectionString) { MaxPoolSize = size, Timeout = 5 }.ConnectionString);
}
