using Npgsql;

namespace Monolith.EmbeddedPostgres;

/// <summary>A PostgreSQL server on this machine, shared by all hosts with the same data directory. It outlives a killed host.</summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int Attempts = 50;
    private static int _instances;
    private readonly ClusterFiles _files;
    private readonly Cluster _cluster;
    private readonly ClusterPresence _presence;
    private readonly ILogger _log;
    private readonly string _name;
    private readonly Lazy<Task> _stop;

    private EmbeddedServer(ClusterFiles files, Cluster cluster, int port, ILogger log)
    {
        (_files, _cluster, _log) = (files, cluster, log);
        _name = $"{ClusterClient.NamePrefix} {Environment.ProcessId}-{Interlocked.Increment(ref _instances)}";
        ConnectionString = ClusterClient.ConnectionString(port, files.ReadPassword(), _name);
        _presence = new ClusterPresence(files, cluster, port, ConnectionString, TimeProvider.System, log);
        _stop = new Lazy<Task>(LeaveAsync);
    }

    /// <summary>How to reach its database <c>monolith</c>. Holds the password: never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>Finds the running server of the data directory, else starts it, creating what is missing.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be done; the message names the ways out.</exception>
    public static Task<EmbeddedServer> StartAsync(EmbeddedPostgresOptions options, ILogger log, CancellationToken cancellationToken) =>
        StartAsync(options, SearchEnvironment.Current(options.BinDirectory), log, cancellationToken);

    /// <summary>Says which programs a start would use, without starting or obtaining anything.</summary>
    /// <exception cref="EmbeddedPostgresException">The data directory or the programs cannot be used.</exception>
    public static async Task<string> LookAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        var files = new ClusterFiles(Path.GetFullPath(options.DataDirectory));
        if (files.Major is not null)
            files.ReadPassword();
        var environment = SearchEnvironment.Current(options.BinDirectory) with { MayObtain = false };
        var (_, binaries) = await new Cluster(files, environment, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).ProgramsAsync(cancellationToken);
        return $"PostgreSQL {binaries.Major} in {binaries.Folder}";
    }

    internal static async Task<EmbeddedServer> StartAsync(
        EmbeddedPostgresOptions options, SearchEnvironment environment, ILogger log, CancellationToken cancellationToken)
    {
        var files = new ClusterFiles(Path.GetFullPath(options.DataDirectory));
        try
        {
            files.Create();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"Its folder {files.Root} cannot be made: {failure.Message.TrimEnd('.')}. Set Postgres__DataDirectory to another one.", failure);
        }

        try
        {
            await using var guard = await ClusterLock.TakeAsync(files.Lock, log, cancellationToken);
            return await StartLockedAsync(files, new Cluster(files, environment, log), log, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            throw new EmbeddedPostgresException($"{failure.Message.TrimEnd('.')}.", failure);
        }
    }

    private static async Task<EmbeddedServer> StartLockedAsync(ClusterFiles files, Cluster cluster, ILogger log, CancellationToken cancellationToken)
    {
        var adopted = await cluster.AdoptAsync(cancellationToken);
        var isNew = files.Major is null;
        var port = adopted ?? await cluster.StartAsync(null, cancellationToken);
        log.LogInformation("{Action} the embedded PostgreSQL on port {Port}, data in {Folder}", adopted is null ? "Started" : "Found", port, files.Root);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isNew)
                await ClusterClient.CreateDatabaseAsync(port, files.ReadPassword(), cancellationToken);
            var postgres = new EmbeddedServer(files, cluster, port, log);
            try
            {
                await postgres._presence.EnterAsync(cancellationToken);
            }
            catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                // The host that made the cluster got no further.
                await ClusterClient.CreateDatabaseAsync(port, files.ReadPassword(), cancellationToken);
                await postgres._presence.EnterAsync(cancellationToken);
            }

            return postgres;
        }
        catch when (adopted is null)
        {
            await cluster.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Saves and restores the database.</summary>
    public async Task<ClusterBackup> BackupAsync(CancellationToken cancellationToken) => new(ConnectionString, (await _cluster.ProgramsAsync(cancellationToken)).Binaries);

    /// <summary>Leaves the server; the last host to leave stops it. Safe to call twice.</summary>
    public Task StopAsync() => _stop.Value;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(StopAsync());

    private async Task LeaveAsync()
    {
        await _presence.DisposeAsync();
        await using var guard = await ClusterLock.TakeAsync(_files.Lock, _log, CancellationToken.None);
        if (!_files.IsServed())
            return;
        if (await IsNeededAsync())
        {
            _log.LogInformation("The embedded PostgreSQL keeps running for another process");
            return;
        }

        await _cluster.StopAsync(CancellationToken.None);
        _log.LogInformation("Stopped the embedded PostgreSQL");
    }

    // A server that does not answer is stopped: a host that still needs it brings it back.
    private async Task<bool> IsNeededAsync()
    {
        for (var attempt = 0; attempt < Attempts && _files.IsServed(); attempt++)
        {
            try
            {
                await using var connection = await ClusterClient.OpenAsync(ConnectionString, CancellationToken.None);
                return await ClusterClient.HasOtherHostsAsync(connection, _name);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(Pause);
            }
        }

        return false;
    }
}
