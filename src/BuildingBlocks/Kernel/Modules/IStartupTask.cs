namespace Monolith.Kernel.Modules;

/// <summary>Work of a module between the migrations and the first request, such as loading a snapshot. It may run again after a failure.</summary>
public interface IStartupTask
{
    /// <summary>An exception delays or stops the start.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
