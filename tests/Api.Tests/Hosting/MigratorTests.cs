using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Data.Connections;
using Monolith.Data.Migrations;
using Monolith.Kernel.Modules;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

public sealed class MigratorTests
{
    private static readonly RegisteredModule[] Modules = [new("sample", typeof(MigratorTests).Assembly)];

    [Fact]
    public async Task Replicas_may_migrate_at_once_and_a_changed_file_is_refused()
    {
        await using var scratch = new Scratch();
        var postgres = await scratch.StartAsync();
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync(source)));
        Assert.Single(counts, count => count > 0);
        Assert.Equal(0, await MigrateAsync(source));
        Assert.Equal((long)counts.Sum(), await Scratch.RunAsync(postgres, "select count(*) from platform.schema_migrations"));
        Assert.Equal(3L, await Scratch.RunAsync(
            postgres, "select count(*) from pg_namespace where nspname in ('platform', 'contracts', 'sample')"));
        Assert.Equal(0L, await Scratch.RunAsync(postgres, "select count(*) from pg_locks where locktype = 'advisory'"));

        await Scratch.RunAsync(postgres, "update platform.schema_migrations set checksum = 'other' where name = '0001_platform.sql'");
        var refusal = await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(source));
        Assert.Contains("platform/0001_platform.sql", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<int> MigrateAsync(NpgsqlDataSource source) =>
        new Migrator(source, Modules, new ModuleRoles(used: true), NullLogger<Migrator>.Instance).ApplyAsync(CancellationToken.None);
}
