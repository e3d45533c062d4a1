namespace Monolith.Api.Hosting;

/// <summary>What the start has achieved so far; readiness checks read it from any thread. Singleton.</summary>
internal sealed class DatabaseReadiness
{
    private volatile bool _migrated;
    private volatile bool _stopping;
    private volatile string? _failure;

    /// <summary>True once every migration of this build is applied.</summary>
    public bool Migrated => _migrated;

    /// <summary>Why the database is not ready, in words safe to show; null while starting and after success.</summary>
    public string? Failure => _failure;

    /// <summary>True from the wish to stop on: requests are answered, and nobody should send new ones.</summary>
    public bool Stopping => _stopping;

    /// <summary>The migrations are done.</summary>
    public void MarkMigrated()
    {
        _failure = null;
        _migrated = true;
    }

    /// <summary>The host is about to stop.</summary>
    public void MarkStopping() => _stopping = true;

    /// <summary>The start could not go on.</summary>
    public void MarkFailed(string reason)
    {
        _migrated = false;
        _failure = reason;
    }
}
