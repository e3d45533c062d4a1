using System.Reflection;
using Carter;
using Monolith.Api.Dashboard;
using Monolith.Api.Dashboard.Docs;
using Monolith.Api.Description;
using Monolith.Api.Deployment;
using Monolith.Api.Hosting.Logging;
using Monolith.Api.Http;
using Monolith.Api.Http.Limits;
using Monolith.Web;
using Monolith.Web.Dashboard;
using Monolith.Data.Connections;
using Monolith.Data.Migrations;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Json;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Settings;
using Monolith.Members.Contracts;
using Monolith.Web.Http;

namespace Monolith.Api.Hosting;

/// <summary>Puts the server together.</summary>
internal static class ServerBuilder
{
    public const string DefaultUrl = "http://127.0.0.1:3000";

    private static readonly Type[] OwnSlices =
        [.. typeof(ServerBuilder).Assembly.GetTypes().Where(type => type.Namespace == typeof(GetBuildInfoEndpoint).Namespace)];

    /// <summary>The server, with its database open, not listening yet.</summary>
    /// <param name="args">The settings of the command line.</param>
    /// <param name="configure">Adds to the services.</param>
    /// <param name="look">Refuses a start for what the settings name, before anything is started.</param>
    /// <param name="cancellationToken">Gives the start up; what it began is stopped.</param>
    /// <exception cref="SettingException">A setting is wrong.</exception>
    public static async Task<WebApplication> BuildAsync(
        string[] args, Action<IServiceCollection>? configure = null, Action<IConfiguration>? look = null, CancellationToken cancellationToken = default)
    {
        var builder = Builder(args);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(DefaultUrl);
        var opened = new OpenedDatabase();
        var log = new HeldLogger();
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // The settings are looked at, and PostgreSQL starts, while the services are put together. Settings are only read from here on.
        var settings = Task.Run(() => CheckSettings(builder.Configuration, look), CancellationToken.None);
        var opening = OpenMadeAsync(settings, builder.Configuration, log, refused.Token);
        WebApplication? app = null;
        try
        {
            app = Compose(builder, opened, configure);
            await settings;
            log.Continue(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Database.LogCategory));
            foreach (var check in app.Services.GetServices<IStartCheck>())
                check.Check();
            app.Services.GetRequiredService<ProxySettings>().Use(app);
            UsePipeline(app);
            opened.Value = await opening ?? await Database.OpenAsync(builder.Configuration, log, refused.Token);

            // The container disposes of what it has handed out, also when the app never starts.
            app.Services.GetRequiredService<Database>();
            return app;
        }
        catch
        {
            await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
            await refused.CancelAsync();
            await GiveUpAsync(opening);

            // It names everything that is wrong, where the services stumble over the first.
            await settings;
            throw;
        }
    }

    private static void CheckSettings(IConfiguration configuration, Action<IConfiguration>? look)
    {
        SettingCatalog.Check(configuration);
        look?.Invoke(configuration);
    }

    // Null for one that is to be made: what is wrong with the program itself is told before.
    private static async Task<Database?> OpenMadeAsync(Task settings, IConfiguration configuration, ILogger log, CancellationToken cancellationToken)
    {
        await settings;
        return Database.IsMade(configuration) ? await Database.OpenAsync(configuration, log, cancellationToken) : null;
    }

    private static async Task GiveUpAsync(Task<Database?> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully && await opening is { } database)
            await database.DisposeAsync();
    }

    /// <summary>The settings as the server sees them, not checked.</summary>
    public static IConfigurationRoot Configuration(string[] args) => Builder(args).Configuration;

    /// <summary>The services, without the database itself. Throws when a request type could slip through the pipeline.</summary>
    internal static WebApplication Compose(WebApplicationBuilder builder, OpenedDatabase database, Action<IServiceCollection>? configure = null)
    {
        LoggingSettings.Apply(builder.Services, builder.Configuration);
        var proxy = ProxySettings.Read(builder.Configuration);
        var limits = LimitSettings.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            ConnectionLimits.Apply(kestrel, limits, proxy.IsKnown);
        });
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = options.ValidateOnBuild = true);
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(proxy);
        builder.Services.AddSingleton(limits);
        builder.Services.AddDrain(Drain.Settings.Read(builder.Configuration, builder.Environment));
        AddServices(builder.Services, builder.Configuration, database);
        configure?.Invoke(builder.Services);
        CleanLoggerFactory.Use(builder.Services);
        return builder.Build();
    }

    /// <summary>Its settings, and nothing else yet.</summary>
    internal static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [HostDefaults.NoWatch, .. args], EnvironmentName = DefaultEnvironment(args) });
        HostDefaults.Add(builder.Configuration);
        return builder;
    }

    /// <summary>A debug build that nobody told otherwise is somebody trying it out; a release build is production.</summary>
    private static string? DefaultEnvironment(string[] args)
    {
#if DEBUG
        var isSet = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is { Length: > 0 }
            || args.Any(argument => argument.StartsWith("--environment", StringComparison.OrdinalIgnoreCase));
        return isSet ? null : Environments.Development;
#else
        return null;
#endif
    }

    private static void AddServices(IServiceCollection services, IConfiguration configuration, OpenedDatabase database)
    {
        services.AddSingleton(_ => database.Value);
        services.AddSingleton(provider => provider.GetRequiredService<Database>().Requests);
        services.AddKeyedSingleton(DataSources.Background, (provider, _) => provider.GetRequiredService<Database>().Background);
        services.AddSingleton(provider => new DatabaseProbe(provider.GetRequiredService<Database>().Probe, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new ModuleRoles(Database.UsesModuleRoles(configuration)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Migrator>(provider, provider.GetRequiredService<Database>().Background));
        services.AddSingleton<DatabaseReadiness>();
        services.AddHostedService<DatabaseStartup>();
        services.AddBuildingBlocks(configuration);
        services.AddSingleton(ApiVersion.Read(configuration));
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<IPasswordTries>(provider => provider.GetRequiredService<RequestLimits>());
        services.AddSingleton<FailureLog>();
        services.AddTelemetry(configuration);
        services.AddCompression();
        services.AddHttpContextAccessor();
        services.AddSingleton<WarningHeader>();
        services.AddScoped<CallerContext>();
        services.AddSingleton<StreamPlaces>();
        services.AddScoped<IStreamGate, StreamGate>();
        services.AddScoped<ICaller>(provider => provider.GetRequiredService<CallerContext>());
        services.AddCarter(new NoAssemblies(), carter => carter.WithEmptyModules().WithEmptyValidators().WithEmptyResponseNegotiators());
        services.ConfigureHttpJsonOptions(options => WireJson.Configure(options.SerializerOptions));
        services.AddDashboard();
        services.AddApiDocument();
        services.AddDocs();
        Modules.Add(services, configuration);
        services.AddEndpoints();
        services.AddSingleton<FirstRequests>();
        services.AddSlices(OwnSlices).AddEndpoints(OwnSlices);
        RequestChecks.Verify(services, Modules.All.SelectMany(module => module.Assembly.GetTypes()).Concat(OwnSlices));
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseMiddleware<HeadMiddleware>();
        app.UseCompression();
        app.UseMiddleware<TokenMiddleware>();
        app.UseMiddleware<ApiMiddleware>();
        app.UseRouting();
        app.UseMiddleware<ReadinessMiddleware>();
        app.UseMiddleware<SessionMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<ForgeryMiddleware>();
        app.UseDashboard();
        app.MapGroup("").WithMetadata(new OpenDocumentAttribute { Unlimited = true }).MapHealth();
        app.MapGroup("").WithMetadata(new OpenDocumentAttribute()).MapApiDocument();
        app.MapApi();
        app.MapPageFiles();
        app.MapDashboard();
    }
}

/// <summary>Carter's scan finds nothing: endpoints are registered by module. In a program of one file it would find no list of assemblies, and fail.</summary>
internal sealed class NoAssemblies : DependencyContextAssemblyCatalog
{
    public override IReadOnlyCollection<Assembly> GetAssemblies() => [];
}

/// <summary>The database once it is open; the server is put together before, or meanwhile.</summary>
internal sealed class OpenedDatabase
{
    private Database? _value;

    public Database Value
    {
        get => _value ?? throw new InvalidOperationException("The database is not open yet.");
        set => _value = value;
    }
}
