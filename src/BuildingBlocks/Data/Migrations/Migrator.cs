using Dapper;
using Microsoft.Extensions.Logging;
using Monolith.Data.Connections;
using Monolith.Kernel.Modules;
using Npgsql;

namespace Monolith.Data.Migrations;

/// <summary>Brings the database to the state that this build expects. Several replicas may call it at the same moment.</summary>
public sealed partial class Migrator(NpgsqlDataSource source, IEnumerable<RegisteredModule> modules, ModuleRoles roles, ILogger<Migrator> log)
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

    /// <summary>The files of this build.</summary>
    internal IReadOnlyList<MigrationScript> Scripts { get; init; } = MigrationScript.All(modules);

    private IEnumerable<string> Owners => modules.Select(module => module.Name).Prepend(Platform.Name);

    /// <summary>Applies what is missing, each file in its own transaction. Answers the number of files applied by this call.</summary>
    /// <exception cref="MigrationException">A file fails, or the files do not fit each other or this database; then none is applied.</exception>
    public async Task<int> ApplyAsync(CancellationToken cancellationToken)
    {
        MigrationGuard.Check(Scripts, new Dictionary<(string, string), string>());
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await LockAsync(connection, cancellationToken);
        try
        {
            return await ApplyLockedAsync(connection, cancellationToken);
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    /// <summary>What <see cref="ApplyAsync(CancellationToken)"/> would apply, as <c>module/file</c> in its order; changes nothing.</summary>
    /// <exception cref="MigrationException">The files do not fit each other or this database.</exception>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var applied = await AppliedAsync(connection, cancellationToken);
        MigrationGuard.Check(Scripts, applied);
        return [.. Scripts.Where(script => applied.GetValueOrDefault((script.Module, script.Name)) != script.Checksum).Select(script => script.Path)];
    }

    private async Task<int> ApplyLockedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        MigrationGuard.Check(Scripts, await AppliedAsync(connection, cancellationToken));
        await RunAsync(connection, Prepare, cancellationToken);
        foreach (var owner in Owners)
            await RunAsync(connection, $"create schema if not exists \"{owner}\"", cancellationToken);
        if (roles.Used)
            await GrantAsync(connection, cancellationToken);

        var count = 0;
        foreach (var steps in new[] { true, false })
        {
            // A step forgets the definitions of its module, so they are looked up when all steps have run.
            var applied = await AppliedAsync(connection, cancellationToken);
            foreach (var script in Scripts.Where(script => script.Number is not null == steps && applied.GetValueOrDefault((script.Module, script.Name)) != script.Checksum))
            {
                await ApplyAsync(connection, script, cancellationToken);
                count++;
            }
        }

        foreach (var owner in roles.Used ? Owners : [])
            await RunAsync(connection, ModuleRoles.ReadContracts(owner), cancellationToken);
        if (count > 0)
            LogAppliedAll(count);
        return count;
    }

    private async Task GrantAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var owner in Owners)
        {
            var contracts = Scripts.Where(script => script.Module == owner).Select(script => script.Defines?.Split('.')).Where(name => name?[0] == "contracts").Select(name => name![1]);
            try
            {
                await RunAsync(connection, ModuleRoles.Make(owner), cancellationToken);
                await RunAsync(connection, ModuleRoles.Grant(owner, contracts), cancellationToken);
            }
            catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                var user = await connection.ExecuteScalarAsync<string>("select current_user");
                throw new MigrationException(
                    $"Database:ModuleRoles is set, and {user} may not set up the role {ModuleRoles.Of(owner)}: {failure.MessageText}. " +
                    $"Let an administrator say: create role {ModuleRoles.Of(owner)} nologin; grant {ModuleRoles.Of(owner)} to {user}. Or take the setting out.",
                    failure);
            }
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            if (roles.Used)
                await RunAsync(connection, ModuleRoles.BeginFile(script.Module), cancellationToken);
            await RunAsync(connection, script.Sql, cancellationToken);
            if (roles.Used)
                await RunAsync(connection, ModuleRoles.EndFile(script.Module), cancellationToken);
        }
        catch (PostgresException failure)
        {
            throw MigrationException.Failed(script, failure, roles.Used);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            script.Number is null ? Record : $"{ForgetDefinitions};\n{Record}", new { script.Module, script.Name, script.Checksum }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        LogApplied(script.Path);
    }

    private static async Task<Dictionary<(string Module, string Name), string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select to_regclass('platform.schema_migrations') is not null", cancellationToken: cancellationToken)))
            return [];
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

    [LoggerMessage(LogLevel.Debug, "Applied migration {Path}")]
    private partial void LogApplied(string path);

    // A step may have dropped what they define.
    private const string ForgetDefinitions =
        """
        delete from platform.schema_migrations
        where module = @Module
          and name ~ '^(Views|Functions|Triggers)/'
        """;

    private const string Record =
        """
        insert into platform.schema_migrations (module, name, checksum)
        values (@Module, @Name, @Checksum)
        on conflict (module, name) do update
        set
            applied_at = excluded.applied_at,
            checksum = excluded.checksum
        """;

    [LoggerMessage(LogLevel.Information, "Applied {Count} migrations")]
    private partial void LogAppliedAll(int count);
}
