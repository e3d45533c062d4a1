using System.CommandLine;
using Monolith.Api.Hosting;
using Monolith.EmbeddedPostgres;
using Npgsql;

namespace Monolith.Api.Verbs;

/// <summary><c>backup FILE</c>: writes the embedded database into a file, also while the server runs. For a database of one's own it says which command does that.</summary>
internal static class BackupVerb
{
    public static Command Create(VerbContext context)
    {
        var file = new Argument<FileInfo>("file") { Description = "Where to, such as monolith.dump. It is in the format of pg_dump --format custom." };
        var force = new Option<bool>("--force") { Description = "Write over a file that is there." };
        var command = new Command("backup", "Writes the embedded database into a file, also while the server runs.") { file, force };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetRequiredValue(file), parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, FileInfo file, bool force, CancellationToken cancellationToken)
    {
        if (file.Exists && !force)
            throw new VerbException($"{file.FullName} is there already. Name another file, or write --force.");
        await using var server = await EmbeddedAsync(context, external => $"pg_dump --format custom --file {file.Name} \"{external}\"", cancellationToken);
        await (await server.BackupAsync(cancellationToken)).SaveAsync(file.FullName, cancellationToken);
        file.Refresh();
        await context.Terminal.Output.WriteLineAsync($"Saved to {file.FullName}, {file.Length / 1024:N0} KB. A backup is one when it was restored: monolith restore --help");
        return 0;
    }

    /// <summary>The embedded server, started when it does not run.</summary>
    /// <exception cref="VerbException">The database is an external one; says what does the work there.</exception>
    public static async Task<EmbeddedServer> EmbeddedAsync(VerbContext context, Func<string, string> otherwise, CancellationToken cancellationToken)
    {
        var configuration = context.Configuration();
        SettingCatalog.Check(configuration);
        if (Database.External(configuration) is { } text)
        {
            var external = new NpgsqlConnectionStringBuilder(text);
            throw new VerbException($"ConnectionStrings__Monolith names a database of your own, which PostgreSQL's programs look after: {otherwise($"host={external.Host} port={external.Port} dbname={external.Database} user={external.Username}")}");
        }

        if (!Database.Embedded(configuration).HasCluster)
            throw new VerbException($"There is no database in {Database.Embedded(configuration).DataDirectory}. Set Postgres__DataDirectory to where it is.");
        using var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true));
        return await EmbeddedServer.StartAsync(Database.Embedded(configuration), logging.CreateLogger(Database.LogCategory), cancellationToken);
    }
}
