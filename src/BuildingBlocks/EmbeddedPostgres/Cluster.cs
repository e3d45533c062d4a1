using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Monolith.EmbeddedPostgres;

/// <summary>Creates, starts and stops the cluster. The caller holds the lock.</summary>
internal sealed class Cluster(ClusterFiles files, SearchEnvironment environment, ILogger log)
{
    private const string Settings = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=256MB -c max_connections=200 -c fsync=on";
    private const long LogLimit = 10 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The name of its owner role.</summary>
    public const string Role = "monolith";

    /// <summary>Waits for a server that is starting or stopping. Answers the port, or null when none is left.</summary>
    public async Task<int?> AdoptAsync(CancellationToken cancellationToken)
    {
        var rounds = Patience / Pause;
        for (var round = 0; files.IsServed(); round++)
        {
            if (files.Port is { } port && await ClusterClient.AnswersAsync(port, files.ReadPassword(), cancellationToken))
                return port;
            if (round > rounds)
                throw new EmbeddedPostgresException($"A server runs in {files.Cluster} and does not answer; see {files.Log}.");
            await Task.Delay(Pause, cancellationToken);
        }

        return null;
    }

    /// <summary>Creates the cluster when there is none, and starts it on the port that hosts know already, if they do. Answers the port.</summary>
    public async Task<int> StartAsync(int? known, CancellationToken cancellationToken)
    {
        if (known is { } fixedPort && !IsFree(fixedPort))
            throw new EmbeddedPostgresException($"Its port {fixedPort} is taken by another program.");
        if (known is not null && files.Major is null)
            throw new EmbeddedPostgresException($"{files.Cluster} is gone.");

        var (account, binaries) = await ProgramsAsync(cancellationToken);
        if (files.Major is null)
            await CreateAsync(binaries, account, cancellationToken);
        files.ForgetStaleServer();
        if (File.Exists(files.Log) && new FileInfo(files.Log).Length > LogLimit)
            File.Delete(files.Log);

        var rounds = Patience / Pause;
        var port = known ?? (files.Port is { } last && IsFree(last) ? last : FreePort());
        for (var round = 0; ; round++)
        {
            files.WritePort(port);
            var before = files.ServerProcess;
            // Not cancellable: a start that was cut off in the middle would leave a server that nobody stops.
            var start = account.RunAsync(
                binaries["pg_ctl"],
                ["start", "-w", "-t", "60", "-D", files.Cluster, "-l", files.Log, "-o", string.Create(CultureInfo.InvariantCulture, $"-p {port} {Settings}")],
                files.Root,
                CancellationToken.None);
            if (await FailureAsync(start, before) is not { } failure)
            {
                if (files.ReadPrograms() != binaries.Mark)
                    files.WritePrograms(binaries.Mark);
                return port;
            }

            files.ForgetPrograms();

            // Who ends a group of processes ends pg_ctl in the middle of its work, perhaps a moment before us, and what it has begun goes on.
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return await BegunAsync() ?? throw new OperationCanceledException(cancellationToken);

            // After kill -9 of the server its last children take a moment to notice.
            var words = files.LastWords();
            if (round > rounds || !words.Contains("shared memory block", StringComparison.Ordinal))
                throw new EmbeddedPostgresException($"pg_ctl start failed: {failure.Text} {words}");
        }
    }

    // pg_ctl looks ten times a second, and the server itself says when it is ready.
    private async Task<ChildResult?> FailureAsync(Task<ChildResult> start, int? before)
    {
        while (!start.IsCompleted)
        {
            if (files.IsReady(before))
                return null;
            await Task.WhenAny(start, Task.Delay(Look));
        }

        return await start is { ExitCode: not 0 } failure ? failure : null;
    }

    // The port of a server that may not have left its mark yet; null when none comes.
    private async Task<int?> BegunAsync()
    {
        for (var waited = TimeSpan.Zero; waited < Grace && !files.IsServed(); waited += Look)
            await Task.Delay(Look);
        return await AdoptAsync(CancellationToken.None);
    }

    /// <summary>Ends all connections and stops the server.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var (account, binaries) = await ProgramsAsync(cancellationToken);
        var stop = await account.RunAsync(binaries["pg_ctl"], ["stop", "-m", "fast", "-w", "-D", files.Cluster], files.Root, cancellationToken);
        if (stop.ExitCode != 0)
            log.LogWarning("The embedded PostgreSQL did not stop: {Reason}", stop.Text);
    }

    /// <summary>Who runs the programs of this cluster's version, and where they are.</summary>
    public async Task<(PostgresAccount Account, PostgresBinaries Binaries)> ProgramsAsync(CancellationToken cancellationToken)
    {
        var account = await PostgresAccount.ChooseAsync(cancellationToken);
        return (account, await new BinaryFinder(environment, account, log).FindAsync(files.Major, files.ReadPrograms(), files.Downloads, cancellationToken));
    }

    private async Task CreateAsync(PostgresBinaries binaries, PostgresAccount account, CancellationToken cancellationToken)
    {
        if (Directory.Exists(files.Unfinished))
            Directory.Delete(files.Unfinished, recursive: true);
        files.WriteNewPassword();
        await account.OwnAsync(files.Root, cancellationToken);
        var init = await account.RunAsync(
            binaries["initdb"],
            ["-D", files.Unfinished, "-U", Role, "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", $"--pwfile={files.PasswordFile}"],
            files.Root,
            cancellationToken);
        if (init.ExitCode != 0)
            throw new EmbeddedPostgresException($"initdb failed: {init.Text}");

        // Only a finished cluster gets the name: a start that is killed half-way begins anew.
        Directory.Move(files.Unfinished, files.Cluster);
        log.LogInformation("Created a PostgreSQL {Version} cluster in {Folder}", binaries.Major, files.Root);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
