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

    /// <summary>What the embedded server logs as.</summary>
    public const string LogCategory = "Monolith.Postgres";

    private const string WantedConnection = "must be a connection string with a host, such as Host=db.example.com;Database=monolith;Username=monolith;Password=…, or postgres://monolith:…@db.example.com/monolith.";

    private static readonly DeclaredSetting<string?> ExternalSetting = new(
        "ConnectionStrings:Monolith", "the embedded PostgreSQL", "an external PostgreSQL, 15 to 18: a connection string of Npgsql, or `postgres://user:password@host/database`; [install](install.md)",
        (configuration, _) => External(configuration)) { IsSecret = true };

    private static readonly DeclaredSetting<string?> DirectSetting = new(
        $"ConnectionStrings:{DirectName}", "", "the way to it past a pooler, when the first one leads to PgBouncer in transaction mode: [pooling](pooling.md)",
        (configuration, _) => Direct(configuration)) { IsSecret = true };

    private static readonly DeclaredSetting<string?> DirectorySetting = DeclaredSetting.Text("Postgres:DataDirectory", "local application data", "the folder of the embedded PostgreSQL");
    private static readonly DeclaredSetting<string?> BinarySetting = DeclaredSetting.Text("Postgres:BinDirectory", "searched, else fetched", "the folder of its `initdb` and `postgres`");

    private static readonly DeclaredSetting<bool> RolesSetting = DeclaredSetting.Switch(
        "Database:ModuleRoles", "each module's statements run under a role of their own, which needs the right to make roles: [data](data.md)");

    private readonly EmbeddedServer? _embedded;

    internal Database(string connectionString, string? direct, SessionLimits limits, bool moduleRoles, EmbeddedServer? embedded)
    {
        _embedded = embedded;
        var isPooled = direct is not null;
        Requests = Source("requests", isPooled ? ForPooledRequests(connectionString, limits) : ForRequests(connectionString, limits, embedded is not null, moduleRoles));
        Background = Source("background", ForBackground(direct ?? connectionString));
        Probe = Source("probe", ForProbe(connectionString, isPooled));
    }

    /// <summary>Where the database is.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [ExternalSetting, DirectSetting, DirectorySetting, BinarySetting, RolesSetting];

    /// <summary>For requests, within <see cref="SessionLimits"/>.</summary>
    public NpgsqlDataSource Requests { get; }

    /// <summary>For migrations, the connection that listens and recurring work: few, without limits of time, past a pooler.</summary>
    public NpgsqlDataSource Background { get; }

    /// <summary>For the probe of <c>/readyz</c>: one connection, which gives up soon. It goes the way of requests, so that a dead pooler shows.</summary>
    public NpgsqlDataSource Probe { get; }

    /// <summary>Whether it is there already, and not to be made: an external one, or an embedded one that was started before.</summary>
    public static bool IsMade(IConfiguration configuration) => External(configuration) is not null || Embedded(configuration).HasCluster;

    /// <summary>Connects to nothing yet when the database is external; starts the embedded one otherwise. The settings are read before this returns, and the work goes on elsewhere.</summary>
    public static async Task<Database> OpenAsync(IConfiguration configuration, ILogger log, CancellationToken cancellationToken)
    {
        var limits = SessionLimits.Read(configuration);
        var usesRoles = UsesModuleRoles(configuration);
        if (External(configuration) is { } external)
            return new Database(external, Direct(configuration), limits, usesRoles, null);

        var options = Embedded(configuration);
        var embedded = await Task.Run(() => EmbeddedServer.StartAsync(options, log, cancellationToken), CancellationToken.None);
        return new Database(embedded.ConnectionString, null, limits, usesRoles, embedded);
    }

    /// <summary><c>Database:ModuleRoles</c>: each module's statements and migrations run under a role of its own. Off unless it is set.</summary>
    internal static bool UsesModuleRoles(IConfiguration configuration) => RolesSetting.Read(configuration);

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
            throw new SettingException(DirectSetting.Key, "is the way past a pooler, whose own connection string belongs into ConnectionStrings__Monolith.");
        if (UsesModuleRoles(configuration))
            throw new SettingException(DirectSetting.Key, "cannot be used with Database__ModuleRoles: a role of a module would stay on a connection that the pooler gives to somebody else.");
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

    /// <summary>Where the embedded PostgreSQL is, when there is no external one.</summary>
    internal static EmbeddedPostgresOptions Embedded(IConfiguration configuration) =>
        new(DirectorySetting.Read(configuration) ?? EmbeddedPostgresOptions.DefaultDataDirectory(), BinarySetting.Read(configuration));

    // Metrics tell the pools apart by their names, which are their connection strings otherwise.
    private static NpgsqlDataSource Source(string name, string connectionString) => new NpgsqlDataSourceBuilder(connectionString) { Name = name }.Build();

    private static string? ConnectionString(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is not { Length: > 0 } text)
            return null;
        try
        {
            var plain = PostgresUrl.IsOne(text) ? FromUrl(name, text) : text;
            var builder = new NpgsqlConnectionStringBuilder(plain);
            if (builder.TargetSessionAttributes is "standby" or "prefer-standby" or "read-only")
                throw Unusable(name, "must lead to the primary: Target Session Attributes is to be primary, read-write or prefer-primary.");
            return builder is { Host.Length: > 0 } ? plain : throw Unusable(name, WantedConnection);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            throw Unusable(name, WantedConnection);
        }
    }

    private static string FromUrl(string name, string url)
    {
        try
        {
            return PostgresUrl.ToConnectionString(url);
        }
        catch (FormatException unreadable)
        {
            throw Unusable(name, unreadable.Message);
        }
    }

    private static SettingException Unusable(string name, string problem) => new($"ConnectionStrings:{name}", problem);

    private static NpgsqlConnectionStringBuilder Common(string connectionString, bool isPooled = false)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);

        // Statements repeat all day: the server keeps their plans. Behind a pooler they would be kept on a connection that is another's next.
        if (!builder.IsGiven("Max Auto Prepare"))
            builder.MaxAutoPrepare = isPooled ? 0 : PreparedStatements;
        builder.ApplicationName ??= "monolith";

        // Among several hosts the primary moves: looking again after ten seconds, as the driver does, would be an outage of ten seconds.
        if (builder.Host?.Contains(',', StringComparison.Ordinal) != true)
            return builder;
        if (!builder.IsGiven("Host Recheck Seconds"))
            builder.HostRecheckSeconds = 1;

        // Any of them would do for the driver, a standby too, which refuses every write.
        if (!builder.IsGiven("Target Session Attributes"))
            builder.TargetSessionAttributes = "primary";
        return builder;
    }
}
