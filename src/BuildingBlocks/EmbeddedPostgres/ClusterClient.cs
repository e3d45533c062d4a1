using Dapper;
using Npgsql;

namespace Monolith.EmbeddedPostgres;

/// <summary>What a host asks the embedded server over SQL.</summary>
internal static class ClusterClient
{
    private const string Database = "monolith";

    /// <summary>The application name that all hosts start theirs with, so that they see each other.</summary>
    public const string NamePrefix = "monolith";

    public static string ConnectionString(int port, string password, string applicationName, string database = Database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = Cluster.Role,
            Password = password,
            Database = database,
            ApplicationName = applicationName,
        }.ConnectionString;

    /// <summary>True when the server on the port accepts the password of the cluster: then it is ours.</summary>
    public static async Task<bool> AnswersAsync(int port, string password, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(ConnectionString(port, password, "probe", "postgres"), cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public static async Task CreateDatabaseAsync(int port, string password, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(ConnectionString(port, password, "probe", "postgres"), cancellationToken);
        await connection.ExecuteAsync($"create database {Database}");
    }

    /// <summary>A connection outside of every pool.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Answers when the connection is lost: at once when the server dies or ends it. It must not be used for anything else.</summary>
    public static async Task UntilLostAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
                await connection.WaitAsync(cancellationToken);
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>True when another host than the one named <paramref name="own"/> is connected.</summary>
    public static Task<bool> HasOtherHostsAsync(NpgsqlConnection connection, string own) => connection.ExecuteScalarAsync<bool>(
        """
        select exists (
            select from pg_stat_activity
            where backend_type = 'client backend'
              and starts_with(application_name, @NamePrefix)
              and application_name <> @own)
        """,
        new { NamePrefix, own });
}
