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
            return new Database(Named(external), null);

        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        var options = new EmbeddedPostgresOptions(DataDirectory(configuration), configuration["Postgres:BinDirectory"]);
        var embedded = await EmbeddedPostgres.StartAsync(options, logging.CreateLogger("Monolith.Postgres"), CancellationToken.None);
        return new Database(Named(embedded.ConnectionString), embedded);
    }

    private static string? DataDirectory(IConfiguration configuration) => configuration["Postgres:DataDirectory"];

    private static string Named(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "monolith", MaxAutoPrepare = 50 }.ConnectionString;
}
