using System.Globalization;
using Dapper;
using Npgsql;

namespace Monolith.EmbeddedPostgres;

/// <summary>Writes the database of the embedded server into a file, and brings it back, also while hosts use it. It needs <c>pg_dump</c> and <c>pg_restore</c> beside the server's programs.</summary>
internal sealed class ClusterBackup(string connectionString, PostgresBinaries binaries)
{
    private const string WholeMark = "PGDMP";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private const int Attempts = 200;
    private readonly NpgsqlConnectionStringBuilder _connection = new(connectionString);

    /// <summary>One moment of the whole database, in the format of <c>pg_dump --format custom</c>. The file is there only when it is whole, and only its owner may read it.</summary>
    public async Task SaveAsync(string file, CancellationToken cancellationToken)
    {
        var draft = $"{file}.{Environment.ProcessId}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (new FileStream(draft, options))
            {
            }

            await RunAsync("pg_dump", ["--format=custom", $"--file={draft}", _connection.Database!], cancellationToken);
            File.Move(draft, file, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Restores beside the database, lets <paramref name="prepare"/> look at the copy, and only then puts it in its place. Answers the name under which the old one is kept.</summary>
    /// <param name="file">What <see cref="SaveAsync"/> wrote.</param>
    /// <param name="prepare">Is given the connection string of the copy; what it throws leaves everything as it was.</param>
    public async Task<string> RestoreAsync(string file, Func<string, Task> prepare, CancellationToken cancellationToken)
    {
        await CheckAsync(file, cancellationToken);
        var stamp = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var (copy, kept) = ($"{_connection.Database}_restored_{stamp}", $"{_connection.Database}_before_{stamp}");
        await using var administrator = await ClusterClient.OpenAsync(To("postgres"), cancellationToken);
        await administrator.ExecuteAsync($"create database {copy} template template0 encoding 'UTF8'");
        try
        {
            await RunAsync("pg_restore", ["--exit-on-error", "--no-owner", $"--dbname={copy}", file], cancellationToken);
            await prepare(To(copy));
        }
        catch
        {
            await administrator.ExecuteAsync($"drop database if exists {copy} with (force)");
            throw;
        }

        var others = await HasOtherHostsAsync(administrator);
        await SwapAsync(administrator, copy, kept);
        for (var attempt = 0; others && attempt < Attempts && !await HasOtherHostsAsync(administrator); attempt++)
        {
            // Hosts lost their places with their connections. Who leaves before they are back would stop the server under them.
            await Task.Delay(Pause, CancellationToken.None);
        }

        return kept;
    }

    private Task<bool> HasOtherHostsAsync(NpgsqlConnection administrator) => ClusterClient.HasOtherHostsAsync(administrator, _connection.ApplicationName!);

    // Not cancellable: it is over in a moment, and half of it would be no database at all.
    private async Task SwapAsync(NpgsqlConnection administrator, string copy, string kept)
    {
        var name = _connection.Database!;
        await administrator.ExecuteAsync($"alter database {name} with allow_connections false");
        try
        {
            await EndConnectionsAsync(administrator, [name, copy]);
            await administrator.ExecuteAsync($"alter database {name} rename to {kept}; alter database {copy} rename to {name}");
        }
        catch
        {
            await administrator.ExecuteAsync($"alter database {name} with allow_connections true; drop database if exists {copy} with (force)");
            throw;
        }
    }

    private static async Task EndConnectionsAsync(NpgsqlConnection administrator, string[] databases)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await administrator.ExecuteScalarAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = any(@databases)", new { databases }) == 0)
                return;
            await Task.Delay(Pause);
        }
    }

    private static async Task CheckAsync(string file, CancellationToken cancellationToken)
    {
        var mark = new byte[WholeMark.Length];
        await using var stream = File.OpenRead(file);
        if (await stream.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellationToken) < mark.Length || System.Text.Encoding.ASCII.GetString(mark) != WholeMark)
            throw new IOException($"{file} is no backup: 'monolith backup' and 'pg_dump --format custom' make some.");
    }

    private string To(string database) => new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Pooling = false }.ConnectionString;

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        if (!File.Exists(binaries[program]))
        {
            throw new IOException(
                $"{program} is not in {binaries.Folder}. Install PostgreSQL {binaries.Major}'s client programs and set Postgres__BinDirectory to their folder, " +
                "or stop every host and copy the data directory whole.");
        }

        string[] where = [$"--host={_connection.Host}", string.Create(CultureInfo.InvariantCulture, $"--port={_connection.Port}"), $"--username={_connection.Username}", "--no-password"];
        var result = await PostgresAccount.Own.RunAsync(binaries[program], [.. where, .. arguments], Path.GetTempPath(), cancellationToken, ("PGPASSWORD", _connection.Password!));
        if (result.ExitCode != 0)
            throw new IOException($"{program} failed: {result.Text}");
    }
}
