using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Monolith.Kernel.Modules;

/// <summary>Work that repeats beside the requests: once every <see cref="IStartupTask"/> has ended, and again after each pause. It never holds up the start. Register it with <see cref="RecurringWorkRegistration.AddRecurringWork{T}"/>.</summary>
public abstract class RecurringWork(TimeProvider clock) : BackgroundService
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstTime = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>False until the start is done.</summary>
    public bool HasBegun => _ready.Task.IsCompleted;

    /// <summary>The start is done: what other modules load for it is there. The host says so; a second time changes nothing.</summary>
    /// <returns>Ends when the work was done, or failed, for the first time. A host that stops before does not end it.</returns>
    public Task BeginAsync()
    {
        _ready.TrySetResult();
        return _firstTime.Task;
    }

    /// <summary>Does the work once.</summary>
    protected abstract Task WorkAsync(CancellationToken cancellationToken);

    /// <summary>From <paramref name="now"/> to the next time.</summary>
    protected abstract TimeSpan PauseFrom(DateTimeOffset now);

    /// <summary>Says that the work failed; it is tried again after the pause.</summary>
    protected abstract void Failed(Exception exception);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _ready.Task.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failed(exception);
            }

            _firstTime.TrySetResult();
            await RestAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for the pause, or for a reason to work before its end.</summary>
    protected virtual Task RestAsync(CancellationToken cancellationToken) => Task.Delay(PauseFrom(clock.GetUtcNow()), clock, cancellationToken);
}

/// <summary>Registers recurring work.</summary>
public static class RecurringWorkRegistration
{
    /// <summary>One instance: told when the start is done, and run by the host.</summary>
    public static IServiceCollection AddRecurringWork<T>(this IServiceCollection services)
        where T : RecurringWork =>
        services
            .AddSingleton<T>()
            .AddSingleton<RecurringWork>(provider => provider.GetRequiredService<T>())
            .AddHostedService(provider => provider.GetRequiredService<T>());
}
