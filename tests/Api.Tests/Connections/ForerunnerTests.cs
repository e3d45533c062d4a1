using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Data.Connections;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Api.Tests.Connections;

/// <summary>A statement that goes before the next one, whatever that one is.</summary>
public sealed class ForerunnerTests
{
    public static TheoryData<string> Shapes => [.. Statements.Keys];

    private static Dictionary<string, Func<Db<Platform>, Task<object?>>> Statements => new()
    {
        ["rows"] = async db => await db.QueryAsync<int>("select n from generate_series(1, @most) n", new { most = 3 }, CancellationToken.None),
        ["one row"] = async db => await db.SingleOrDefaultAsync<Named>("select @name as name", new { name = "ada" }, CancellationToken.None),
        ["no row"] = async db => await db.SingleOrDefaultAsync<Named>("select @name as name where false", new { name = "ada" }, CancellationToken.None),
        ["a value"] = async db => await db.ScalarAsync<long>("select 41 + @one", new { one = 1 }, CancellationToken.None),
        ["no value"] = async db => await db.ScalarAsync<string>("select @one::text", new { one = (string?)null }, CancellationToken.None),
        ["rows, planned anew"] = async db => await db.QueryFreshlyPlannedAsync<int>("select n from generate_series(1, @most) n", new { most = 3 }, CancellationToken.None),
        ["rows and a value"] = async db => (await db.QueryWithScalarAsync<int, int>("select n from generate_series(1, @most) n; select 7", new { most = 3 }, CancellationToken.None)).ToString(),
        ["rows by hand"] = async db => await db.ReadRowsAsync("select n from generate_series(1, @most) n", new { most = 3 }, Planning.Fresh, Sum, CancellationToken.None),
        ["without parameters"] = async db => await db.ScalarAsync<int>("select 5", null, CancellationToken.None),
        ["an array"] = async db => await db.QueryAsync<int>("select n from unnest(@all) n", new { all = new[] { 5, 6 } }, CancellationToken.None),
        ["parameters of its own kind"] = async db => await db.QueryAsync<int>("select n from unnest(@all) n", Many(), CancellationToken.None),
        ["a write"] = async db => await db.ExecuteAsync("notify nobody", null, CancellationToken.None),
    };

    [Theory, MemberData(nameof(Shapes))]
    public async Task It_is_read_first_and_the_statement_finds_what_it_finds_alone(string shape)
    {
        await using var world = await World.StartAsync();
        var expected = await Statements[shape](world.Db);
        Named? seen = null;
        var reads = 0;
        Ahead(world.Db, row => (seen, reads) = (row, reads + 1));

        Assert.Equal(expected, await Statements[shape](world.Db));
        Assert.Equal(("grace", 1), (seen?.Name, reads));
        await Statements["one row"](world.Db);
        await world.Db.RunAheadNowAsync(CancellationToken.None);
        Assert.Equal(1, reads);
    }

    [Theory, MemberData(nameof(Shapes))]
    public async Task When_it_throws_nobody_sees_what_the_statement_found(string shape)
    {
        await using var world = await World.StartAsync();
        Ahead(world.Db, _ => throw new TimeoutException("planted"));
        await Assert.ThrowsAsync<TimeoutException>(() => Statements[shape](world.Db));
        // The connection is whole.
        Assert.Equal(3, await world.Db.ScalarAsync<int>("select 3", null, CancellationToken.None));
    }

    [Fact]
    public async Task No_row_is_told_too()
    {
        await using var world = await World.StartAsync();
        var reads = 0;
        world.Db.RunAhead<Named>("select 'x' as name where @ahead = 'no'", Parameters(), row => reads += row is null ? 1 : 100);
        await Statements["rows"](world.Db);
        world.Db.RunAhead<Named>("select 'x' as name where @ahead = 'no'", Parameters(), row => reads += row is null ? 1 : 100);
        await Statements["rows by hand"](world.Db);
        world.Db.RunAhead<Named>("select 'x' as name where @ahead = 'no'", Parameters(), row => reads += row is null ? 1 : 100);
        await world.Db.RunAheadNowAsync(CancellationToken.None);
        Assert.Equal(3, reads);
    }

    [Fact]
    public async Task A_statement_that_fails_has_let_it_run()
    {
        await using var world = await World.StartAsync();
        var reads = 0;
        foreach (var planning in new[] { Planning.Kept, Planning.Fresh })
        {
            Ahead(world.Db, _ => reads++);
            await Assert.ThrowsAsync<PostgresException>(() => world.Db.ReadRowsAsync("select 1 / @zero", new { zero = 0 }, planning, Sum, CancellationToken.None));
            Ahead(world.Db, _ => reads++);
            await Assert.ThrowsAsync<PostgresException>(() => world.Db.ScalarAsync<int>("select 1 / @zero", new { zero = 0 }, CancellationToken.None));
        }

        Assert.Equal(4, reads);
    }

    [Fact]
    public async Task A_transaction_begins_after_it()
    {
        await using var world = await World.StartAsync();
        var reads = 0;
        Ahead(world.Db, _ => reads++);
        await world.Session.BeginAsync(CancellationToken.None);
        Assert.Equal(1, reads);
        Assert.Throws<InvalidOperationException>(() => Ahead(world.Db, _ => reads++));
        await world.Session.RollbackAsync();

        Ahead(world.Db, _ => throw new TimeoutException("planted"));
        await Assert.ThrowsAsync<TimeoutException>(() => world.Session.BeginAsync(CancellationToken.None));
        Assert.False(world.Db.InTransaction);
        Assert.Equal(3, await world.Db.ScalarAsync<int>("select 3", null, CancellationToken.None));
    }

    private static void Ahead(Db<Platform> db, Action<Named?> read) => db.RunAhead("select @ahead as name", Parameters(), read);

    private static DynamicParameters Parameters()
    {
        var parameters = new DynamicParameters();
        parameters.Add("ahead", "grace");
        return parameters;
    }

    private static DynamicParameters Many()
    {
        var parameters = new DynamicParameters();
        parameters.Add("all", new[] { 5, 6 });
        return parameters;
    }

    private static async Task<object?> Sum(System.Data.Common.DbDataReader reader)
    {
        var sum = 0;
        while (await reader.ReadAsync())
            sum += reader.GetInt32(0);
        return sum;
    }

    internal sealed record Named(string Name);

    private sealed class World : IAsyncDisposable
    {
        private readonly string _database;
        private readonly NpgsqlDataSource _source;

        private World(string database)
        {
            _database = database;
            _source = NpgsqlDataSource.Create(database);
            Session = new DbSession(_source, NullLogger<DbSession>.Instance);
            Db = new Db<Platform>(Session, new ModuleRoles(used: false));
        }

        public DbSession Session { get; }

        public Db<Platform> Db { get; }

        public static async Task<World> StartAsync() => new(await TestDatabase.CreateAsync());

        public async ValueTask DisposeAsync()
        {
            await Session.DisposeAsync();
            await _source.DisposeAsync();
            await TestDatabase.DropAsync(_database);
        }
    }
}
