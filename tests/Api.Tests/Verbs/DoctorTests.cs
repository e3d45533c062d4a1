using System.Net;
using System.Net.Sockets;
using Monolith.Api.Hosting;
using Monolith.Api.Tests.Hosting;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Api.Tests.Verbs;

/// <summary><c>doctor</c> on set-ups that are broken, and on sound ones: one line says what is wrong and what to do, and nothing is changed.</summary>
public sealed class DoctorTests
{
    private const string Nobody = "Host=127.0.0.1;Port=1;Username=m;Password=p;Database=m";

    [Theory]
    [InlineData("settings", "RateLimits__ApiPerMinut: there is no such setting. Did you mean RateLimits__ApiPerMinute?", "--RateLimits:ApiPerMinut=5")]
    [InlineData("settings", "Sessions__Lifetime: \"30\" has no unit. Write 30s, 30m, 30h or 30d.", "--Sessions:Lifetime=30")]
    [InlineData("database", "The database does not answer: Connection refused. Is it running", $"--ConnectionStrings:Monolith={Nobody}")]
    [InlineData("database", "The host of ConnectionStrings__Monolith is unknown", "--ConnectionStrings:Monolith=Host=no-such-host.invalid;Username=m")]
    [InlineData("proxy", "Proxy__KnownNetworks trusts every address", "--Proxy:KnownNetworks=0.0.0.0/0")]
    [InlineData("programs", "Postgres__BinDirectory names /no/such/folder", "--Postgres:BinDirectory=/no/such/folder")]
    public async Task A_wrong_setting_is_told(string area, string words, string setting)
    {
        await using var scratch = new Scratch();
        var run = await VerbRun.Async(["doctor", .. EmbeddedRevivalTests.Arguments(scratch), setting]);
        AssertFault(run, area, words);
        Assert.False(Directory.Exists(scratch.Data));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_told()
    {
        await using var scratch = new Scratch();
        await File.WriteAllTextAsync(Path.Combine(scratch.Root, "file"), "");
        AssertFault(await VerbRun.Async("doctor", "--ConnectionStrings:Monolith=", $"--Postgres:DataDirectory={scratch.Root}/file/postgres"), "database", "cannot be written to");

        Directory.CreateDirectory(Path.Combine(scratch.Data, "cluster"));
        await File.WriteAllTextAsync(Path.Combine(scratch.Data, "cluster", "PG_VERSION"), "17\n");
        AssertFault(await VerbRun.Async("doctor", "--ConnectionStrings:Monolith=", $"--Postgres:DataDirectory={scratch.Data}"), "programs", "password is missing");
    }

    [Theory]
    [InlineData("select 1", "Password=wrong", "The database refuses the user or the password")]
    [InlineData("select 1", "Database=no_such_database", "does not exist. Make it: createdb")]
    [InlineData("alter database {0} set default_transaction_read_only = on", "", "The database is read-only.")]
    [InlineData("create role {0}_r login password 'p'", "Username={0}_r;Password=p", "may not make schemas in the database")]
    [InlineData("update pg_database set encoding = 0 where datname = '{0}'", "", "is encoded in SQL_ASCII")]
    public async Task A_database_that_does_not_fit_is_told(string statement, string change, string words)
    {
        var connection = new NpgsqlConnectionStringBuilder(await TestDatabase.CreateAsync());
        var name = connection.Database!;
        await SqlAsync(connection.ConnectionString, string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, name));
        var arguments = Arguments($"{connection.ConnectionString};{change.Replace("{0}", name, StringComparison.Ordinal)}");
        AssertFault(await VerbRun.Async(["doctor", .. arguments]), "database", words);

        // A start says the same, and ends.
        var start = await VerbRun.Async(["migrate", .. arguments]);
        Assert.Equal(1, start.Code);
        Assert.Contains(words, start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Error, StringComparison.Ordinal);

        await SqlAsync(connection.ConnectionString, $"drop role if exists {name}_r");
        await TestDatabase.DropAsync(connection.ConnectionString);
    }

    [Fact]
    public async Task A_newer_schema_is_told_and_a_sound_deployment_is_sound()
    {
        var connection = await TestDatabase.CreateAsync();
        var arguments = Arguments(connection);
        var fresh = await VerbRun.Async(["doctor", .. arguments]);
        Assert.True(fresh.Code == 0, fresh.Output);
        Assert.Contains("migrations are to be applied", fresh.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await VerbRun.Async(["migrate", "--check", .. arguments])).Code);

        Assert.Equal(0, (await VerbRun.Async(["migrate", .. arguments])).Code);
        Assert.Contains("up to date", (await VerbRun.Async(["doctor", .. arguments])).Output, StringComparison.Ordinal);
        var check = await VerbRun.Async(["migrate", "--check", .. arguments]);
        Assert.Equal((0, "The database is up to date.\n"), (check.Code, check.Output));

        await SqlAsync(connection, "insert into platform.schema_migrations (module, name, checksum) values ('members', '0999_newer.sql', 'x'), ('newer', '0001_first.sql', 'x')");
        AssertFault(await VerbRun.Async(["doctor", .. arguments]), "schema", "members/0999_newer.sql is applied and unknown to this build");
        Assert.Equal(1, (await VerbRun.Async(["migrate", "--check", .. arguments])).Code);
        var start = await VerbRun.Async(["migrate", .. arguments]);
        Assert.Equal(1, start.Code);
        Assert.Contains("The module newer is in the database and unknown to this build", start.Error, StringComparison.Ordinal);
        await TestDatabase.DropAsync(connection);
    }

    [Fact]
    public async Task A_taken_address_is_told_and_a_start_on_it_begins_nothing()
    {
        await using var scratch = new Scratch();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var arguments = EmbeddedRevivalTests.Arguments(scratch, ((IPEndPoint)taken.LocalEndpoint).Port);
        var run = await VerbRun.Async(["doctor", .. arguments]);
        Assert.Contains("is taken: by this server", run.Output, StringComparison.Ordinal);
        var start = await VerbRun.Async(["serve", .. arguments]);
        Assert.Equal(1, start.Code);
        Assert.Contains("is taken by another program", start.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.Data));
    }

    [Theory]
    [InlineData(14, "UTF8", true, true, true, "PostgreSQL 14")]
    [InlineData(15, "UTF8", true, true, true, null)]
    [InlineData(18, "LATIN1", true, true, true, "LATIN1")]
    [InlineData(18, "UTF8", false, true, true, "may not make schemas")]
    [InlineData(18, "UTF8", true, false, false, "contrib")]
    [InlineData(18, "UTF8", true, true, false, "create extension pg_trgm")]
    public void What_a_database_lacks_is_one_line(int major, string encoding, bool mayCreate, bool hasTrigrams, bool mayHave, string? words)
    {
        var faults = DatabaseExamination.Faults(new() { Major = major, Version = $"{major}.1", Encoding = encoding, MayCreate = mayCreate, HasTrigrams = hasTrigrams, MayHaveTrigrams = mayHave });
        if (words is null)
            Assert.Empty(faults);
        else
            Assert.Contains(words, Assert.Single(faults), StringComparison.Ordinal);
    }

    private static string[] Arguments(string connection) => [$"--ConnectionStrings:Monolith={connection}", "--urls=http://127.0.0.1:0", "--environment=Development", "--Logging:LogLevel:Default=None"];

    private static void AssertFault(VerbRun run, string area, string words)
    {
        Assert.True(run is { Code: 1, Error: "" }, run.Output + run.Error);
        var line = Assert.Single(run.Output.Split('\n'), line => line.StartsWith("FAULT", StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal));
        Assert.StartsWith($"FAULT {area}", line, StringComparison.Ordinal);
    }

    private static async Task SqlAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Options = "-c default_transaction_read_only=off" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
