using Monolith.EmbeddedPostgres;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>
/// The external PostgreSQL of <c>ConnectionStrings:Monolith</c>, or the embedded one, and the three ways to it: one for requests,
/// one for what runs beside them and may take its time, and one for the probe, which must not queue behind either.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int BackgroundConnections = 4;
    private const int ProbeConnections = 1;
    private const string ConnectionSetting = "ConnectionStrings:Monolith";
    private const string WantedConnection = "must be a connection string with a host, such as Host=db.example.com;Database=monolith;Username=monolith;Password=….";
    private readonly EmbeddedServer? _embedded;

    internal Database(string connectionString, SessionLimits limits, bool moduleRoles, EmbeddedServer? embedded)
    {
        _embedded = embedded;
        Requests = NpgsqlDataSource.Create(ForRequests(connectionString, limits, embedded is not null, moduleRoles));
        Background = NpgsqlDataSource.Create(ForBackground(connectionString));
        Probe = NpgsqlDataSource.Create(ForProbe(connectionString));
    }

    /// <summary>For requests, within <see cref="SessionLimits"/>.</summary>
    public NpgsqlDataSource Requests { get; }

    /// <summary>For migrations, the connection that listens and recurring work: few, without limits of time.</summary>
    public NpgsqlDataSource Background { get; }

    /// <summary>For the probe of <c>/readyz</c>: one connection, which gives up soon.</summary>
    public NpgsqlDataSource Probe { get; }

    public static async Task<Database> OpenAsync(IConfiguration configuration)
    {
        var limits = SessionLimits.Read(configuration);
        if (External(configuration) is { } external)
            return new Database(external, limits, UsesModuleRoles(configuration), null);

        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        var options = new EmbeddedPostgresOptions(DataDirectory(configuration), configuration["Postgres:BinDirectory"]);
        var embedded = await EmbeddedServer.StartAsync(options, logging.CreateLogger("Monolith.Postgres"), CancellationToken.None);
        return new Database(embedded.ConnectionString, limits, UsesModuleRoles(configuration), embedded);
    }

    /// <summary><c>Database:ModuleRoles</c>: each module's statements and migrations run under a role of its own. Off unless it is set.</summary>
    internal static bool UsesModuleRoles(IConfiguration configuration) => Setting.Switch(configuration, "Database:ModuleRoles");

    /// <summary>The external database, or null for the embedded one.</summary>
    /// <exception cref="SettingException">It is no connection string. It may hold a password, so the message does not repeat it.</exception>
    internal static string? External(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Monolith") is not { Length: > 0 } text)
            return null;
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 } ? text : throw new SettingException(ConnectionSetting, WantedConnection);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            throw new SettingException(ConnectionSetting, WantedConnection);
        }
    }

    internal static string ForRequests(string connectionString, SessionLimits limits, bool embedded, bool moduleRoles = false)
    {
        var builder = Common(connectionString);
        limits.Apply(builder, embedded);

        // Requests change nothing of a session that outlives its transaction, so there is nothing to reset between two statements. A role of a module does.
        if (moduleRoles || !builder.IsGiven("No Reset On Close"))
            builder.NoResetOnClose = !moduleRoles;
        return builder.ConnectionString;
    }

    internal static string ForBackground(string connectionString)
    {
        var builder = Common(connectionString);
        (builder.MinPoolSize, builder.MaxPoolSize) = (0, BackgroundConnections);
        return builder.ConnectionString;
    }

    internal static string ForProbe(string connectionString)
    {
        var builder = Common(connectionString);
        (builder.MinPoolSize, builder.MaxPoolSize) = (0, ProbeConnections);
        (builder.Timeout, builder.CommandTimeout, builder.CancellationTimeout) = (DatabaseProbe.Seconds, DatabaseProbe.Seconds, 500);
        return builder.ConnectionString;
    }

    /// <summary>Stops the embedded server; nothing for an external one.</summary>
    public async ValueTask DisposeAsync()
    {
        await Requests.DisposeAsync();
        await Background.DisposeAsync();
        await Probe.DisposeAsync();
        await (_embedded?.StopAsync() ?? Task.CompletedTask);
    }

    private static string DataDirectory(IConfiguration configuration) =>
        configuration["Postgres:DataDirectory"] is { Length: > 0 } chosen ? chosen : EmbeddedPostgresOptions.DefaultDataDirectory();

    private static NpgsqlConnectionStringBuilder Common(string connectionString)
    {
        // Statements repeat all day: the server keeps their plans.
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100 };
        builder.ApplicationName ??= "monolith";

        // Among several hosts the primary moves: looking again after ten seconds, as the driver does, would be an outage of ten seconds.
        if (builder.Host?.Contains(',', StringComparison.Ordinal) == true && !builder.IsGiven("Host Recheck Seconds"))
            builder.HostRecheckSeconds = 1;
        return builder;
    }
}
