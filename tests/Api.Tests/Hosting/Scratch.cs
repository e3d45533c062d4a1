using Microsoft.Extensions.Logging.Abstractions;
using Monolith.EmbeddedPostgres;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

/// <summary>A folder for one test, open to the account that runs PostgreSQL for root.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private readonly List<EmbeddedServer> _started = [];

    public Scratch()
    {
        Root = Path.Combine(Path.GetTempPath(), $"monolith-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(Root);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Root, File.GetUnixFileMode(Root) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "postgres");

    public int ServerProcess => int.Parse(
        File.ReadLines(Path.Combine(Data, "cluster", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    public async Task<EmbeddedServer> StartAsync()
    {
        var started = await EmbeddedServer.StartAsync(new EmbeddedPostgresOptions(Data), NullLogger.Instance, CancellationToken.None);
        _started.Add(started);
        return started;
    }

    public static int Port(EmbeddedServer postgres) => new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port;

    public static async Task<object?> RunAsync(EmbeddedServer postgres, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(unpooled);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var postgres in _started)
            await postgres.StopAsync();
        Directory.Delete(Root, recursive: true);
    }
}
