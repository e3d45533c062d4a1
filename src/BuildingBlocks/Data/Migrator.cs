using Dapper;
using Microsoft.Extensions.Logging;
using Monolith.BuildingBlocks.Modules;
using Npgsql;

namespace Monolith.BuildingBlocks.Data;

/// <summary>Brings the database to the state that this build expects. Several replicas may call it at the same moment.</summary>
public sealed class Migrator(NpgsqlDataSource source, IEnumerable<RegisteredModule> modules, ILogger log)
{
    // Any constant will do, as long as every replica and every version asks for the same one.
    private const long LockKey = 0x6D6F6E6F6C697468;

    private const string Prepare =
        """
        create schema if not exists platform;
        create schema if not exists contracts;
        create extension if not exists pg_trgm;
        create table if not exists platform.schema_migrations (
            module text not null,
            name text not null,
            applied_at timestamptz not null default now(),
            checksum text not null,
            primary key (module, name)
        );
        """;

    /// <summary>Applies what is missing, each file in its own transaction. Answers the number of files applied by this call.</summary>
    /// <exception cref="MigrationException">A file fails, or an applied file was changed afterwards.</exception>
    public async Task<int> ApplyAsync(CancellationToken cancellationToken)
    {
        var scripts = MigrationScript.All(modules);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await LockAsync(connection, cancellationToken);
        try
        {
            return await ApplyLockedAsync(connection, scripts, cancellationToken);
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    private async Task<int> ApplyLockedAsync(NpgsqlConnection connection, IReadOnlyList<MigrationScript> scripts, CancellationToken cancellationToken)
    {
        await RunAsync(connection, Prepare, cancellationToken);
        foreach (var module in modules)
            await RunAsync(connection, $"create schema if not exists \"{module.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", cancellationToken);

        var applied = await AppliedAsync(connection, cancellationToken);
        foreach (var script in scripts)
        {
            if (applied.TryGetValue((script.Module, script.Name), out var checksum) && checksum != script.Checksum)
                throw MigrationException.Changed(script);
        }

        var missing = scripts.Where(script => !applied.ContainsKey((script.Module, script.Name))).ToList();
        foreach (var script in missing)
            await ApplyAsync(connection, script, cancellationToken);
        return missing.Count;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await RunAsync(connection, script.Sql, cancellationToken);
        }
        catch (PostgresException failure)
        {
            throw MigrationException.Failed(script, failure);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "insert into platform.schema_migrations (module, name, checksum) values (@Module, @Name, @Checksum)",
            new { script.Module, script.Name, script.Checksum },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        log.LogInformation("Applied migration {Module}/{Name}", script.Module, script.Name);
    }

    private static async Task<Dictionary<(string Module, string Name), string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(string Module, string Name, string Checksum)>(new CommandDefinition(
            "select module, name, checksum from platform.schema_migrations", cancellationToken: cancellationToken));
        return rows.ToDictionary(row => (row.Module, row.Name), row => row.Checksum);
    }

    // Asking again and again, instead of waiting inside the server, is not bound by the command timeout,
    // and does not hold a snapshot that `create index concurrently` would wait for.
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select pg_try_advisory_lock(@LockKey)", new { LockKey }, cancellationToken: cancellationToken)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        // The server has already given up the lock of a broken connection.
        if (connection.State == System.Data.ConnectionState.Open)
            await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
