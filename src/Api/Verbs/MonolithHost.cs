using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Monolith.Api.Deployment;
using Monolith.Api.Hosting;
using Monolith.Data.Migrations;
using Monolith.EmbeddedPostgres;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Verbs;

/// <summary>The command line: every verb, and what they have in common. Exit codes: 0 done, 1 failed, 2 not understood.</summary>
internal static class MonolithHost
{
    private const string Description =
        """
        Monolith, a control plane for organizations, members, roles, licenses and AI seats. Without a verb it runs the server.

        Settings are given to every verb as --Section:Key=value, or in the environment as Section__Key=value; 'config' shows them.
        Exit codes: 0 done, 1 failed, 2 not understood.
        """;

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Terminal.Console);

    internal static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var split = SettingArguments.Split(args);
        if (split.Fault is { } fault)
            return Usage.Complain(terminal, [fault], "monolith");
        var root = Create(new VerbContext(split.Settings, terminal));
        var parsed = root.Parse(Words([.. split.Rest]));
        if (parsed.Action is ParseErrorAction)
            return Usage.Complain(terminal, parsed);

        using var interrupt = new Interrupt();
        try
        {
            // The server handles signals itself, and so does what runs beside it.
            var invocation = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invocation, interrupt.Token);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            await terminal.Error.WriteLineAsync(failure is NpgsqlException database ? DatabaseProblem.Explain(database) : failure.Message);
            return 1;
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("Interrupted.");
            return 1;
        }
    }

    private static RootCommand Create(VerbContext context)
    {
        var root = new RootCommand(Description)
        {
            ServeVerb.Create(context),
            MigrateVerb.Create(context),
            DemoVerb.Create(context),
            OwnerVerbs.Create(context),
            LicenseVerbs.Create(context),
            AuditVerbs.Create(context),
            DoctorVerb.Create(context),
            BackupVerb.Create(context),
            RestoreVerb.Create(context),
            ConfigVerb.Create(context),
        };

        // Taken out before anything is parsed; here they are for the help.
        root.Options.Add(new Option<string>("--urls") { Description = $"Where to listen; {ServerBuilder.DefaultUrl} by default.", HelpName = "http://host:port" });
        root.Options.Add(new Option<string>("--environment") { Description = "Production by default. Development also trusts the license key that it makes for itself.", HelpName = "name" });
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        root.SetAction((_, cancellationToken) => ServeVerb.RunAsync(context, cancellationToken));
        return root;
    }

    // What people try first.
    private static string[] Words(string[] words) => words switch
    {
        ["help", .. var rest] => [.. rest, "--help"],
        ["version"] => ["--version"],
        _ => words,
    };

    private static bool IsExpected(Exception failure) => failure
        is EmbeddedPostgresException or SettingException or MigrationException or DatabaseUnfitException or VerbException or NpgsqlException
        or IOException or UnauthorizedAccessException or FormatException or ArgumentOutOfRangeException;

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"Monolith {ApiVersion.Product}");
            return 0;
        }
    }
}

/// <summary>A verb cannot go on; the message is for the operator.</summary>
internal sealed class VerbException(string message) : Exception(message);

/// <summary>Ctrl+C and SIGTERM while a verb works, or the server is about to start: the work is given up, and what it started is stopped.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public Interrupt() => _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel)];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        _source.Cancel();
    }
}
