using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Api.Hosting;
using Monolith.EmbeddedPostgres;
using Npgsql;

namespace Monolith.Testing;

/// <summary>The PostgreSQL of the test run: one cluster, one fresh database a server.</summary>
public static class TestDatabase
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static string? _cluster;

    /// <summary>The connection string of a new, empty database.</summary>
    public static async Task<string> CreateAsync()
    {
        var cluster = await ClusterAsync();
        var name = $"test_{Guid.CreateVersion7():n}";
        await using var connection = new NpgsqlConnection(cluster);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name}", connection);
        await command.ExecuteNonQueryAsync();
        var builder = new NpgsqlConnectionStringBuilder(cluster) { Database = name, ApplicationName = "tests", MaxPoolSize = 20 };
        return builder.ConnectionString;
    }

    /// <summary>Drops a database that <see cref="CreateAsync"/> made.</summary>
    public static async Task DropAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await using var connection = new NpgsqlConnection(await ClusterAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"drop database if exists {name} with (force)", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ClusterAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (_cluster is not null)
                return _cluster;
            if (Environment.GetEnvironmentVariable("MONOLITH_TEST_POSTGRES") is { Length: > 0 } external)
                return _cluster = external;

            // A fixed place: the next run finds the cluster, and several test processes share it.
            var folder = Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "postgres");
            var postgres = await EmbeddedServer.StartAsync(new EmbeddedPostgresOptions(folder), NullLogger.Instance, CancellationToken.None);
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                NpgsqlConnection.ClearAllPools();
                postgres.StopAsync().GetAwaiter().GetResult();
            };
            return _cluster = postgres.ConnectionString;
        }
        finally
        {
            Gate.Release();
        }
    }
}

/// <summary>The real host on a real port with a database of its own.</summary>
public sealed class MonolithServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly bool _ownsDatabase;

    private readonly DescriptionTap _tap;

    private MonolithServer(WebApplication app, string connectionString, Uri address, bool ownsDatabase, DescriptionTap tap) =>
        (_app, ConnectionString, Address, _ownsDatabase, _tap) = (app, connectionString, address, ownsDatabase, tap);

    /// <summary>The database of this server.</summary>
    public string ConnectionString { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its services, to replace the clock or look inside.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="settings">Configuration, such as <c>("Paging:MaxLimit", "100")</c>.</param>
    public static Task<MonolithServer> StartAsync(params (string Key, string Value)[] settings) => StartOnAsync(null, settings);

    /// <summary>As <see cref="StartAsync"/>, on a database that exists already: a second replica.</summary>
    public static Task<MonolithServer> StartOnAsync(string? connectionString, params (string Key, string Value)[] settings) =>
        StartWithAsync(_ => { }, connectionString, settings);

    /// <summary>As <see cref="StartOnAsync"/>, with services of the test's own, such as a clock.</summary>
    public static async Task<MonolithServer> StartWithAsync(Action<IServiceCollection> configure, string? connectionString, params (string Key, string Value)[] settings)
    {
        var ownsDatabase = connectionString is null;
        connectionString ??= await TestDatabase.CreateAsync();
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] arguments =
        [
            $"--urls={address}",
            "--environment=Development",
            $"--ConnectionStrings:Monolith={connectionString}",
            "--Logging:LogLevel:Default=Warning",
            "--Database:ModuleRoles=true",
            "--RateLimits:ApiPerMinute=0",
            "--RateLimits:LoginPerMinute=0",
            $"--Licensing:DevelopmentKeyDirectory={Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys")}",
            .. settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        var tap = new DescriptionTap();
        var borders = new BorderWatch();
        borders.Guard(address);
        var app = await ServerBuilder.BuildAsync(arguments, services => configure(services.AddSingleton<ILoggerProvider>(borders).AddSingleton<IStartupFilter>(tap)));
        await app.StartAsync();
        var server = new MonolithServer(app, connectionString, address, ownsDatabase, tap);
        await server.WaitUntilReadyAsync();
        await DescriptionWatch.LearnAsync(app.Services);
        return server;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        try
        {
            // Also what happened beside the requests.
            BorderWatch.Check(Address);
            _tap.Check();
        }
        finally
        {
            await _app.DisposeAsync();
            if (_ownsDatabase)
                await TestDatabase.DropAsync(ConnectionString);
        }
    }

    /// <summary>Runs a statement in the server's database.</summary>
    public async Task<object?> SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await client.GetAsync("/readyz", limit.Token)).IsSuccessStatusCode)
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }

    /// <summary>A loopback port that nobody listens on at this moment, each once. It is none of those that outgoing connections are given: one of them could have it before the listener.</summary>
    public static int FreePort()
    {
        const int first = 10_000;
        const int many = 22_000;
        while (true)
        {
            var port = first + (int)((uint)Interlocked.Increment(ref _lastPort) % many);
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }

    // Test programs that run beside each other begin at different places.
    private static int _lastPort = Environment.ProcessId * 331;
}
