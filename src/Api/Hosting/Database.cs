using Monolith.EmbeddedPostgres;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>
/// The external PostgreSQL of <c>ConnectionStrings:Monolith</c>, or the embedded one, and the three ways to it: one for requests,
/// one for what runs beside them and may take its time, and one for the probe, which must not queue behind either.
/// With <c>ConnectionStrings:MonolithDirect</c> the first string leads to a pooler, and what needs a session of its own goes past it.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int BackgroundConnections = 4;
    private const int ProbeConnections = 1;
    private const int PreparedStatements = 100;
    private const string DirectName = "MonolithDirect";
    private const string DirectSetting = $"ConnectionStrings:{DirectName}";
    private const string WantedConnection = "must be a connection string with a host, such as Host=db.example.com;Database=monolith;Username=monolith;Password=….";
    private readonly EmbeddedServer? _embedded;

    internal Database(string connectionString, string? direct, SessionLimits limits, bool moduleRoles, EmbeddedServer? embedded)
    {
        _embedded = embedded;
        var isPooled = direct is not null;
        Requests = NpgsqlDataSource.Create(isPooled ? ForPooledRequests(connectionString, limits) : ForRequests(connectionString, limits, embedded is not null, moduleRoles));
        Background = NpgsqlDataSource.Create(ForBackground(direct ?? connectionString));
        Probe = NpgsqlDataSource.Create(ForProbe(connectionString, isPooled));
    }

    /// <summary>For requests, within <see cref="SessionLimits"/>.</summary>
    public NpgsqlDataSource Requests { get; }

    /// <summary>For migrations, the connection that listens and recurring work: few, without limits of time, past a pooler.</summary>
    public NpgsqlDataSource Background { get; }

    /// <summary>For the probe of <c>/readyz</c>: one connection, which gives up soon. It goes the way of requests, so that a dead pooler shows.</summary>
    public NpgsqlDataSource Probe { get; }

    public static async Task<Database> OpenAsync(IConfiguration configuration)
    {
        var limits = SessionLimits.Read(configuration);
        if (External(configuration) is { } external)
            return new Database(external, Direct(configuration), limits, UsesModuleRoles(configuration), null);

        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        var options = new EmbeddedPostgresOptions(DataDirectory(configuration), configuration["Postgres:BinDirectory"]);
        var embedded = await EmbeddedServer.StartAsync(options, logging.CreateLogger("Monolith.Postgres"), CancellationToken.None);
        return new Database(embedded.ConnectionString, null, limits, UsesModuleRoles(configuration), embedded);
    }

    /// <summary><c>Database:ModuleRoles</c>: each module's statements and migrations run under a role of its own. Off unless it is set.</summary>
    internal static bool UsesModuleRoles(IConfiguration configuration) => Setting.Switch(configuration, "Database:ModuleRoles");

    /// <summary>The external database, or null for the embedded one.</summary>
    /// <exception cref="SettingException">It is no connection string. It may hold a password, so the message does not repeat it.</exception>
    internal static string? External(IConfiguration configuration) => ConnectionString(configuration, "Monolith");

    /// <summary>The way past the pooler that the external database stands behind; null without a pooler.</summary>
    /// <exception cref="SettingException">It is no connection string, or something else is set that cannot be with a pooler.</exception>
    internal static string? Direct(IConfiguration configuration)
    {
        if (ConnectionString(configuration, DirectName) is not { } direct)
            return null;
        if (External(configuration) is null)
            throw new SettingException(DirectSetting, "is the way past a pooler, whose own connection string belongs into ConnectionStrings__Monolith.");
        if (UsesModuleRoles(configuration))
            throw new SettingException(DirectSetting, "cannot be used with Database__ModuleRoles: a role of a module would stay on a connection that the pooler gives to somebody else.");
        return direct;
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

    /// <summary>
    /// Another server connection for each transaction: what is prepared or set on one is not there on the next. The pooler refuses a start with <c>options</c>,
    /// so the limits of PostgreSQL are its affair. What the operator wrote holds, such as <c>Max Auto Prepare</c> for a pooler that keeps statements.
    /// </summary>
    internal static string ForPooledRequests(string connectionString, SessionLimits limits)
    {
        var builder = Common(connectionString, isPooled: true);
        limits.ApplyToClient(builder);
        builder.NoResetOnClose = true;
        return builder.ConnectionString;
    }

    internal static string ForBackground(string connectionString)
    {
        var builder = Common(connectionString);
        (builder.MinPoolSize, builder.MaxPoolSize) = (0, BackgroundConnections);
        return builder.ConnectionString;
    }

    internal static string ForProbe(string connectionString, bool isPooled = false)
    {
        var builder = Common(connectionString, isPooled);
        builder.NoResetOnClose |= isPooled;
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

    private static string? ConnectionString(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is not { Length: > 0 } text)
            return null;
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 } ? text : throw Unusable(name);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            throw Unusable(name);
        }
    }

    private static SettingException Unusable(string name) => new($"ConnectionStrings:{name}", WantedConnection);

    private static NpgsqlConnectionStringBuilder Common(string connectionString, bool isPooled = false)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);

        // Statements repeat all day: the server keeps their plans. Behind a pooler they would be kept on a connection that is another's next.
        if (!builder.IsGiven("Max Auto Prepare"))
            builder.MaxAutoPrepare = isPooled ? 0 : PreparedStatements;
        builder.ApplicationName ??= "monolith";

        // Among several hosts the primary moves: looking again after ten seconds, as the driver does, would be an outage of ten seconds.
        if (builder.Host?.Contains(',', StringComparison.Ordinal) == true && !builder.IsGiven("Host Recheck Seconds"))
            builder.HostRecheckSeconds = 1;
        return builder;
    }
}
