namespace Monolith.EmbeddedPostgres;

/// <summary>Lets one process at a time look at, start or stop a cluster. The system gives it up when the process dies.</summary>
internal static class ClusterLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Ten minutes: longer than any download, and an end for troubles that are not about the lock, such as a full disk.
    private const int Attempts = 12_000;

    /// <summary>Waits as long as another process starts or stops the cluster.</summary>
    public static async Task<IAsyncDisposable> TakeAsync(string path, ILogger log, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < Attempts && File.Exists(path))
            {
                if (attempt == 100)
                    log.LogInformation("Waiting for another process that starts or stops the embedded PostgreSQL");
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
