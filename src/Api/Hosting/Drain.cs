using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary>
/// The first step of a stop: <c>/readyz</c> fails at once, and the server goes on to accept requests for a while, so that a load balancer
/// leaves before the door is shut. Then the web server finishes its requests, background work ends, and the embedded database stops.
/// </summary>
internal sealed partial class Drain(DatabaseReadiness readiness, Drain.Settings settings, TimeProvider clock, ILogger<Drain> log) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var serves = readiness is { Migrated: true, Stopping: false };
        readiness.MarkStopping();
        if (!serves || settings.Time == TimeSpan.Zero)
            return;
        LogDraining(settings.Time);
        await Task.Delay(settings.Time, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Stopping: not ready any more; the door is shut in {Time}")]
    private partial void LogDraining(TimeSpan time);

    /// <summary>How a stop takes its time.</summary>
    /// <param name="Time">From the wish to stop to the shut door.</param>
    /// <param name="Shutdown">From the shut door until what is still under way is cut off.</param>
    internal sealed record Settings(TimeSpan Time, TimeSpan Shutdown)
    {
        private static readonly DeclaredSetting<TimeSpan> DrainTime = DeclaredSetting.Timer(
            "Hosting:DrainTime", Unset, "after SIGTERM: how long requests are still accepted while `/readyz` answers 503", "2s; 0 in development");

        private static readonly DeclaredSetting<TimeSpan> ShutdownTimeout = DeclaredSetting.Timer(
            "Hosting:ShutdownTimeout", TimeSpan.FromSeconds(30), "after the drain time: how long requests under way may take before they are cut off");

        /// <summary>Both.</summary>
        public static IReadOnlyList<SettingDeclaration> Declared { get; } = [DrainTime, ShutdownTimeout];

        private static TimeSpan Unset => TimeSpan.MinValue;

        public static Settings Read(IConfiguration configuration, IHostEnvironment environment) => new(
            DrainTime.Read(configuration) is var time && time != Unset ? time : environment.IsDevelopment() ? TimeSpan.Zero : TimeSpan.FromSeconds(2),
            ShutdownTimeout.Read(configuration));
    }
}

/// <summary>Registers the stop.</summary>
internal static class DrainRegistration
{
    public static void AddDrain(this IServiceCollection services, Drain.Settings settings)
    {
        services.AddSingleton(settings);
        services.AddHostedService<Drain>();
        services.PostConfigure<HostOptions>(options => options.ShutdownTimeout = settings.Time + settings.Shutdown);
    }
}
