using Monolith.Api.Deployment;
using Monolith.Api.Hosting;
using Monolith.Api.Verbs.Demo;
using Monolith.Data.Migrations;
using Monolith.EmbeddedPostgres;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Verbs;

/// <summary>Chooses the verb and runs it.</summary>
internal static class MonolithHost
{
    private const string Usage =
        """
        Usage: monolith [verb] [options]
          serve             run the server (default)
          migrate           bring the database up to date and stop
          demo              fill an empty deployment with a believable organization
          owner list        show who holds the role owner
          owner create      make an owner, also when none is left; --help lists its options
          owner reset-password   give somebody another password
          audit verify      look whether the audit log is as it was written
          license keygen    make a key pair for signing licenses
          license issue     sign a license; --help lists its options
          license inspect   explain a license: signature, status, grants, warnings
          version           print the version, as --version does
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var verb = args is ["--version"] ? "version" : args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "serve";
        var rest = args.Length > 0 && args[0] == verb ? args[1..] : args;
        try
        {
            return verb switch
            {
                "serve" => await ServeAsync(rest),
                "migrate" => await MigrateAsync(rest),
                "demo" => await DemoVerb.RunAsync(rest),
                "owner" => await OwnerVerbs.RunAsync(rest),
                "audit" => await AuditVerbs.RunAsync(rest),
                "license" => LicenseVerbs.Run(rest),
                "version" => Print(Console.Out, $"Monolith {ApiVersion.Product}", 0),
                "help" => Print(Console.Out, Usage, 0),
                _ => Print(Console.Error, $"Unknown verb. \n{Usage}", 2),
            };
        }
        catch (Exception exception) when (exception is EmbeddedPostgresException or SettingException or MigrationException or NpgsqlException or IOException)
        {
            return Print(Console.Error, exception.Message, 1);
        }
    }

    private static async Task<int> ServeAsync(string[] args)
    {
        await using var app = await ServerBuilder.BuildAsync(args);
        var readiness = app.Services.GetRequiredService<DatabaseReadiness>();
        var stopping = app.Lifetime.ApplicationStopping; // gone with the services when the run has ended
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The database could not be prepared, and was faster to say so than the server was to listen.
        }

        return readiness.Failure is null ? 0 : 1;
    }

    private static async Task<int> MigrateAsync(string[] args)
    {
        await using var app = await ServerBuilder.BuildAsync(args);
        var applied = await app.Services.GetRequiredService<Migrator>().ApplyAsync(CancellationToken.None);
        return Print(Console.Out, applied == 0 ? "The database is up to date." : $"Applied {applied} migrations.", 0);
    }

    private static int Print(TextWriter writer, string text, int code)
    {
        writer.WriteLine(text);
        return code;
    }
}
