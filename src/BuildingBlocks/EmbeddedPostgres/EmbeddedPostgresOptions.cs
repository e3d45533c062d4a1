namespace Monolith.EmbeddedPostgres;

/// <summary>Where the embedded PostgreSQL lives.</summary>
/// <param name="DataDirectory">Holds the cluster, its password and its log; see <see cref="DefaultDataDirectory"/>.</param>
/// <param name="BinDirectory">The folder of <c>initdb</c> and <c>postgres</c>; null searches for it.</param>
internal sealed record EmbeddedPostgresOptions(string DataDirectory, string? BinDirectory = null)
{
    /// <summary>True when an earlier start made a cluster there.</summary>
    public bool HasCluster => new ClusterFiles(Path.GetFullPath(DataDirectory)).Major is not null;

    /// <summary>Below the user's local application data folder, unless that is closed to the account that runs PostgreSQL for root.</summary>
    public static string DefaultDataDirectory()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var closed = local.Length == 0 || local == "/root" || local.StartsWith("/root/", StringComparison.Ordinal);
        return !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess && closed
            ? "/var/lib/monolith/postgres"
            : Path.Combine(local, "monolith", "postgres");
    }
}

/// <summary>The embedded PostgreSQL cannot be used; the message says what to do.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    internal const string WaysOut =
        "Ways out: install PostgreSQL 15 or newer (with its contrib extension pg_trgm) with your package manager; " +
        "or set Postgres__BinDirectory to the folder that holds initdb and postgres; " +
        "or set ConnectionStrings__Monolith to a PostgreSQL server that is already running.";

    internal EmbeddedPostgresException(string problem, Exception? inner = null)
        : base($"The embedded PostgreSQL cannot be started. {problem.TrimEnd()} {WaysOut}", inner) => Problem = problem;

    /// <summary>The problem alone.</summary>
    internal string Problem { get; }
}
