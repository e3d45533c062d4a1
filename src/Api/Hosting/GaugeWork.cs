using Monolith.Data.Connections;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Telemetry;

namespace Monolith.Api.Hosting;

/// <summary>Reads the numbers of all modules every fifteen seconds, on a connection beside the requests. Singleton.</summary>
internal sealed partial class GaugeWork(IServiceScopeFactory scopes, Gauges gauges, TimeProvider clock, ILogger<GaugeWork> log) : RecurringWork(clock)
{
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private bool _complained;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        foreach (var source in scope.ServiceProvider.GetServices<IGaugeSource>())
            await source.ReadAsync(gauges, cancellationToken);
        _complained = false;
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    // Old numbers would look like good ones. An outage is one complaint, however long it is.
    protected override void Failed(Exception exception)
    {
        gauges.Forget();
        if (!_complained)
            LogUnread(exception.Message);
        _complained = true;
    }

    [LoggerMessage(LogLevel.Warning, "Numbers for the metrics could not be read: {Reason}")]
    private partial void LogUnread(string reason);
}
