using Npgsql;

namespace Monolith.Api.Hosting.Postgres;

/// <summary>A PostgreSQL server on this machine, shared by all hosts with the same data directory. It outlives a killed host.</summary>
internal sealed class EmbeddedPostgres
{
    private static int _instances;
    private readonly ClusterFiles _files;
    private readonly Cluster _cluster;
    private readonly ILogger _log;
    private readonly string _name;

    // Stays open so that other hosts see this one, also while its pool is empty.
    private NpgsqlConnection? _presence;

    private EmbeddedPostgres(ClusterFiles files, Cluster cluster, ILogger log, string name, string connectionString) =>
        (_files, _cluster, _log, _name, ConnectionString) = (files, cluster, log, name, connectionString);

    /// <summary>How to reach its database <c>monolith</c>. Holds the password: never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>Finds the running server of the data directory, else starts it, creating what is missing.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be done; the message names the ways out.</exception>
    public static Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger log, CancellationToken cancellationToken) =>
        StartAsync(options, SearchEnvironment.Current(options.BinDirectory), log, cancellationToken);

    internal static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, SearchEnvironment environment, ILogger log, CancellationToken cancellationToken)
    {
        var files = new ClusterFiles(Path.GetFullPath(options.DataDirectory));
        try
        {
            files.Create();
            await using var guard = await ClusterLock.TakeAsync(files.Lock, log, cancellationToken);
            return await StartLockedAsync(files, new Cluster(files, environment, log), log, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            throw new EmbeddedPostgresException($"{failure.Message.TrimEnd('.')}.", failure);
        }
    }

    private static async Task<EmbeddedPostgres> StartLockedAsync(ClusterFiles files, Cluster cluster, ILogger log, CancellationToken cancellationToken)
    {
        var adopted = await cluster.AdoptAsync(cancellationToken);
        var port = adopted ?? await cluster.StartAsync(cancellationToken);
        log.LogInformation("{Action} the embedded PostgreSQL on port {Port}, data in {Folder}", adopted is null ? "Started" : "Found", port, files.Root);

        var password = files.ReadPassword();
        await ClusterClient.CreateDatabaseAsync(port, password, cancellationToken);
        var name = $"{ClusterClient.NamePrefix} {Environment.ProcessId}-{Interlocked.Increment(ref _instances)}";
        var postgres = new EmbeddedPostgres(files, cluster, log, name, ClusterClient.ConnectionString(port, password, name));
        postgres._presence = await ClusterClient.OpenAsync(postgres.ConnectionString, cancellationToken);
        return postgres;
    }

    /// <summary>Leaves the server; the last host to leave stops it. Safe to call twice.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _presence, null) is not { } presence)
            return;
        await using var guard = await ClusterLock.TakeAsync(_files.Lock, _log, CancellationToken.None);
        if (await IsNeededAsync(presence))
            return;
        await _cluster.StopAsync(CancellationToken.None);
        _log.LogInformation("Stopped the embedded PostgreSQL");
    }

    private async Task<bool> IsNeededAsync(NpgsqlConnection presence)
    {
        await using var closing = presence;
        try
        {
            if (!await ClusterClient.HasOtherHostsAsync(presence, _name))
                return false;
            _log.LogInformation("The embedded PostgreSQL keeps running for another process");
            return true;
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException)
        {
            // The server was killed or restarted behind our back: whoever restarted it looks after it.
            _log.LogWarning("The embedded PostgreSQL is not the one that was started; it is left alone");
            return true;
        }
    }
}
