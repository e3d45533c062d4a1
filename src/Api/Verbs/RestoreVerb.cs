using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Api.Hosting;
using Monolith.Data.Connections;
using Monolith.Data.Migrations;
using Npgsql;

namespace Monolith.Api.Verbs;

/// <summary><c>restore FILE</c>: puts a backup in the place of the embedded database, also while the server runs. The old database is kept beside it.</summary>
internal static class RestoreVerb
{
    public static Command Create(VerbContext context)
    {
        var file = new Argument<FileInfo>("file") { Description = "What 'backup' wrote." };
        var yes = new Option<bool>("--yes") { Description = "Really: everything since the backup is gone from the database that the server uses." };
        var command = new Command("restore", "Puts a backup in the place of the embedded database, also while the server runs. The old one is kept.") { file, yes };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetRequiredValue(file), parsed.GetValue(yes), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, FileInfo file, bool yes, CancellationToken cancellationToken)
    {
        if (!file.Exists)
            throw new VerbException($"There is no file {file.FullName}.");
        await using var server = await BackupVerb.EmbeddedAsync(
            context, external => $"stop every host, then pg_restore --clean --if-exists --exit-on-error --no-owner --dbname \"{external}\" {file.Name}", cancellationToken);
        if (!yes)
            throw new VerbException("The server will see the backup in place of all that it sees now. Write --yes when that is what you want.");

        var kept = await (await server.BackupAsync(cancellationToken)).RestoreAsync(file.FullName, copy => MigrateAsync(context, copy, cancellationToken), cancellationToken);
        await context.Terminal.Output.WriteLineAsync($"Restored {file.FullName}. The database that was there is kept as {kept}. Restart the hosts that run, so that nothing they remember is of before.");
        return 0;
    }

    // A backup of an older version is brought up to date before anybody sees it; one of a newer version is refused.
    private static async Task MigrateAsync(VerbContext context, string copy, CancellationToken cancellationToken)
    {
        var configuration = context.Configuration();
        await using var source = NpgsqlDataSource.Create(copy);
        await new Migrator(source, Modules.All, new ModuleRoles(Database.UsesModuleRoles(configuration)), NullLogger<Migrator>.Instance).ApplyAsync(cancellationToken);
    }
}
