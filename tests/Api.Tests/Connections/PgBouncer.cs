using System.Diagnostics;
using System.Globalization;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Api.Tests.Connections;

/// <summary>A real PgBouncer in transaction mode before the test cluster, with few server connections: each client meets all of them.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    /// <summary>What connections through it call themselves.</summary>
    public const string Name = "pooled";

    private const int ServerConnections = 6;
    private readonly Process _process;
    private readonly string _folder;

    private PgBouncer(Process process, string folder, string connectionString) => (_process, _folder, ConnectionString) = (process, folder, connectionString);

    /// <summary>The way through the pooler.</summary>
    public string ConnectionString { get; }

    /// <summary>Where the program is; null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "pgbouncer")).FirstOrDefault(File.Exists);

    /// <summary>Starts one for a database.</summary>
    public static async Task<PgBouncer> StartAsync(string direct)
    {
        var target = new NpgsqlConnectionStringBuilder(direct);
        var port = MonolithServer.FreePort();
        var folder = Directory.CreateTempSubdirectory("monolith-pgbouncer-").FullName;
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, Settings(target, port));

        // It refuses to run as root, and reads its settings as the other account.
        string[] account = [];
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            account = ["-u", "nobody"];
        }

        var process = Process.Start(new ProcessStartInfo(Program!, [.. account, "-q", settings]))!;

        var pooled = new NpgsqlConnectionStringBuilder(direct) { Host = "127.0.0.1", Port = port, MaxPoolSize = 20, ApplicationName = Name };
        var bouncer = new PgBouncer(process, folder, pooled.ConnectionString);
        var probe = new NpgsqlConnectionStringBuilder(pooled.ConnectionString) { Pooling = false, NoResetOnClose = true }.ConnectionString;
        await Hosting.Eventually.HoldsAsync(() => Hosting.Eventually.WithoutAsync<NpgsqlException>(() => AnswersAsync(process, probe)), "PgBouncer answers");
        return bouncer;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> AnswersAsync(Process process, string connectionString)
    {
        Assert.False(process.HasExited, "PgBouncer has ended; its words stand above.");
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return true;
    }

    private static string Settings(NpgsqlConnectionStringBuilder target, int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        [databases]
        {target.Database} = host={target.Host} port={target.Port} dbname={target.Database} user={target.Username} password={target.Password} connect_query='set statement_timeout = 30000'
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = {port}
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        default_pool_size = {ServerConnections}
        """);
}
