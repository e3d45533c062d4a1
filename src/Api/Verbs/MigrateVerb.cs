using System.CommandLine;
using Monolith.Api.Hosting;
using Monolith.Data.Migrations;

namespace Monolith.Api.Verbs;

/// <summary><c>migrate</c>: brings the database up to date and stops. With <c>--check</c> it changes nothing and says what is missing: exit code 1 when something is.</summary>
internal static class MigrateVerb
{
    public static Command Create(VerbContext context)
    {
        var check = new Option<bool>("--check") { Description = "Change nothing; list what would be applied. The exit code is 1 when something would." };
        var command = new Command("migrate", "Brings the database up to date and stops.") { check };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(check) ? CheckAsync(context, cancellationToken) : ApplyAsync(context, cancellationToken));
        return command;
    }

    private static async Task<int> ApplyAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var app = await ServerBuilder.BuildAsync([.. context.Settings], cancellationToken: cancellationToken);
        await DatabaseExamination.EnsureFitAsync(app.Services.GetRequiredService<Database>().Background, cancellationToken);
        var applied = await app.Services.GetRequiredService<Migrator>().ApplyAsync(cancellationToken);
        await context.Terminal.Output.WriteLineAsync(applied == 0 ? "The database is up to date." : $"Applied {applied} migrations.");
        return 0;
    }

    private static async Task<int> CheckAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var configuration = context.Configuration();
        SettingCatalog.Check(configuration);
        if (Database.External(configuration) is null && !Database.Embedded(configuration).HasCluster)
        {
            await context.Terminal.Output.WriteLineAsync($"There is no database yet in {Database.Embedded(configuration).DataDirectory}; the first start makes it.");
            return 1;
        }

        await using var app = await ServerBuilder.BuildAsync([.. context.Settings, "--Logging:LogLevel:Default=Warning"], cancellationToken: cancellationToken);
        var missing = await app.Services.GetRequiredService<Migrator>().MissingAsync(cancellationToken);
        await context.Terminal.Output.WriteLineAsync(missing.Count == 0 ? "The database is up to date." : $"Missing: {string.Join(", ", missing)}");
        return missing.Count == 0 ? 0 : 1;
    }
}
