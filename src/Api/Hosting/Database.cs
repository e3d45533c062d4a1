using Monolith.Api.Hosting.Postgres;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>The external PostgreSQL of <c>ConnectionStrings:Monolith</c>, or the embedded one.</summary>
internal sealed class Database(string connectionString, EmbeddedPostgres? embedded)
{
    public string ConnectionString => connectionString;

    /// <summary>Stops the embedded server; nothing for an external one.</summary>
    public Task StopAsync() => embedded?.StopAsync() ?? Task.CompletedTask;

    public static async Task<Database> OpenAsync(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Monolith") is { Length: > 0 } external)
            return new Database(Tuned(external), null);

        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        var options = new EmbeddedPostgresOptions(DataDirectory(configuration), configuration["Postgres:BinDirectory"]);
        var embedded = await EmbeddedPostgres.StartAsync(options, logging.CreateLogger("Monolith.Postgres"), CancellationToken.None);
        return new Database(Tuned(embedded.ConnectionString), embedded);
    }

    private static string DataDirectory(IConfiguration configuration) =>
        configuration["Postgres:DataDirectory"] is { Length: > 0 } chosen ? chosen : EmbeddedPostgresOptions.DefaultDataDirectory();

    // Statements repeat all day: the server keeps their plans.
    private static string Tuned(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100 };
        builder.ApplicationName ??= "monolith";
        return builder.ConnectionString;
    }
}
