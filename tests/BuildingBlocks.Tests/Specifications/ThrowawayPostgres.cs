using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Monolith.Data.Connections;
using Npgsql;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>A PostgreSQL of its own for one test class: made, seeded, thrown away.</summary>
public sealed class ThrowawayPostgres : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("monolith-pg-").FullName;

    public NpgsqlDataSource Source { get; private set; } = null!;

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        DapperConfiguration.Apply();
        var port = FreePort();
        if (IsRoot)
            Run("chown", "postgres", _folder);
        RunTool("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        RunTool("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off", "start");
        Source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");
        await using var connection = await Source.OpenConnectionAsync();
        await connection.ExecuteAsync(Sample.Schema);
        foreach (var row in Sample.Rows)
        {
            await connection.ExecuteAsync(
                "insert into people values (@Id, @Name, @Email, @Status, @Age, @Active, @Flag, @CreatedAt, @SeenAt, @Roles)",
                new { row.Id, row.Name, row.Email, Status = Sample.TextOf(row.Status), row.Age, row.Active, row.Flag, row.CreatedAt, row.SeenAt, row.Roles });
        }
    }

    public async Task DisposeAsync()
    {
        await Source.DisposeAsync();
        RunTool("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void RunTool(string tool, params string[] arguments)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => version + "/bin") : [])
            .Select(folder => Path.Combine(folder, tool))
            .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"PostgreSQL's {tool} is not installed.");
        // The server refuses to run as root.
        if (IsRoot)
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string file, params string[] arguments)
    {
        // The server inherits the streams of pg_ctl, so they are not redirected: reading them to the end would wait for the server.
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { WorkingDirectory = "/tmp" })!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{file} answered {process.ExitCode}.");
    }
}
