using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.BuildingBlocks.Tests.Specifications;
using Monolith.Data.Connections;
using Monolith.Data.Migrations;
using Monolith.Kernel.Modules;
using Npgsql;

namespace Monolith.BuildingBlocks.Tests.Data;

/// <summary>What becomes of the files in a database.</summary>
public sealed class MigratorTests(ThrowawayPostgres postgres) : IClassFixture<ThrowawayPostgres>
{
    private static readonly MigrationScript Table = new("sample", "0001_things.sql", "create table sample.things (n int)");
    private static readonly MigrationScript View = new("sample", "Views/contracts.things.sql", "create or replace view contracts.things as select n from sample.things");

    [Fact]
    public async Task A_definition_runs_again_when_it_says_something_else_and_after_a_step()
    {
        await using var source = await EmptyAsync();
        Assert.Equal(2, await MigrateAsync(source, Table, View));
        Assert.Equal(0, await MigrateAsync(source, Table, View));
        var changed = View with { Sql = "create or replace view contracts.things as select n, 'two' as more from sample.things" };
        Assert.Equal(1, await MigrateAsync(source, Table, changed));
        Assert.Equal(2L, await ScalarAsync(source, "select count(*) from information_schema.columns where table_name = 'things' and table_schema = 'contracts'"));

        var step = new MigrationScript("sample", "0002_renamed.sql", "drop view contracts.things; alter table sample.things rename column n to number");
        var after = View with { Sql = "create or replace view contracts.things as select number as n, 'two' as more from sample.things" };
        Assert.Equal(2, await MigrateAsync(source, Table, step, after));

        var drops = new MigrationScript("sample", "0003_drops.sql", "drop view contracts.things");
        Assert.Equal(2, await MigrateAsync(source, Table, step, drops, after));
        Assert.Equal(0L, await ScalarAsync(source, "select count(*) from contracts.things"));
    }

    [Fact]
    public async Task Nothing_is_applied_when_one_file_does_not_fit()
    {
        await using var source = await EmptyAsync();
        await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(source, Table, new("other", "0002_gap.sql", "")));
        Assert.Equal(false, await ScalarAsync(source, "select exists (select from pg_namespace where nspname in ('platform', 'sample'))"));
    }

    [Theory]
    [InlineData("create table other.stolen (n int)")]
    [InlineData("drop table other.things")]
    [InlineData("create table platform.things (n int)")]
    [InlineData("insert into platform.schema_migrations (module, name, checksum) values ('sample', 'x', 'y')")]
    public async Task A_file_has_the_rights_of_its_module_alone(string sql)
    {
        await using var source = await EmptyAsync();
        MigrationScript other = new("other", "0001_things.sql", "create table other.things (n int)"), bad = new("sample", "0002_bad.sql", sql);
        await MigrateAsync(source, Table, View, other);

        var refusal = await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(source, Table, bad, View, other));

        Assert.Contains("sample/0002_bad.sql", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("sample may change the schema sample", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("postgres", await ScalarAsync(source, "select current_user::text"));
    }

    [Fact]
    public async Task What_was_made_without_the_roles_is_handed_over()
    {
        await using var source = await EmptyAsync();
        await MigrateAsync(source, used: false, Table, View);
        Assert.Equal("postgres", await ScalarAsync(source, "select relowner::regrole::text from pg_class where oid = 'contracts.things'::regclass"));

        await MigrateAsync(source, Table, View, new("sample", "0002_more.sql", "alter table sample.things add column more int"));

        Assert.Equal("monolith_sample", await ScalarAsync(source, "select relowner::regrole::text from pg_class where oid = 'contracts.things'::regclass"));
        Assert.Equal(0L, await ScalarAsync(source, "set role monolith_other; select count(*) from contracts.things"));
    }

    [Fact]
    public async Task A_user_who_may_make_no_roles_is_told_what_an_administrator_must_do()
    {
        await using var source = await EmptyAsync();
        await ScalarAsync(source, "drop role if exists plain; create role plain login; do $$ begin execute format('alter database %I owner to plain', current_database()); end $$");
        await using var plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(source.ConnectionString) { Username = "plain" }.ConnectionString);

        var refusal = await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(plain, new MigrationScript("unmade", "0001_a.sql", "select 1")));

        Assert.Contains("create role monolith_", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Database:ModuleRoles", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await MigrateAsync(plain, used: false, new MigrationScript("unmade", "0001_a.sql", "select 1")));
    }

    private async Task<NpgsqlDataSource> EmptyAsync()
    {
        var name = $"empty_{Guid.CreateVersion7():n}";
        await ScalarAsync(postgres.Source, $"create database {name}");
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.Source.ConnectionString) { Database = name, Pooling = false }.ConnectionString);
    }

    private static Task<int> MigrateAsync(NpgsqlDataSource source, params MigrationScript[] scripts) => MigrateAsync(source, used: true, scripts);

    private static Task<int> MigrateAsync(NpgsqlDataSource source, bool used, params MigrationScript[] scripts) =>
        new Migrator(source, [.. scripts.Select(script => script.Module).Append("other").Distinct().Select(name => new RegisteredModule(name, typeof(MigratorTests).Assembly))], new ModuleRoles(used), NullLogger<Migrator>.Instance)
        {
            Scripts = MigrationScript.InOrder(scripts),
        }.ApplyAsync(CancellationToken.None);

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync(sql);
    }
}
