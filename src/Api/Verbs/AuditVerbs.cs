using System.CommandLine;
using System.Globalization;
using Monolith.Audit.Contracts;

namespace Monolith.Api.Verbs;

/// <summary><c>audit verify</c>: looks whether the audit log is as it was written, also while the server runs. It needs no session, only the database's connection. Exit code 1 when it is not.</summary>
internal static class AuditVerbs
{
    public static Command Create(VerbContext context)
    {
        var verify = new Command("verify", "Looks whether every row of the audit log is as it was written, and names the first that is not.");
        verify.SetAction((_, cancellationToken) => context.WithServicesAsync((services, token) => VerifyAsync(services, context.Terminal, token), cancellationToken));
        return new Command("audit", "Looks after the audit log.") { verify };
    }

    private static async Task<int> VerifyAsync(IServiceProvider services, Terminal terminal, CancellationToken cancellationToken)
    {
        var found = await services.GetRequiredService<IAuditVerification>().VerifyAsync(cancellationToken);
        await terminal.Output.WriteLineAsync(
            $"""
            verified  {found.Verified}
            removed   {found.Removed}
            unsealed  {found.Unsealed}
            position  {found.Position}
            hash      {found.Hash}
            """);
        if (found.Fault is not { } fault)
        {
            await terminal.Output.WriteLineAsync("Every row fits.");
            return 0;
        }

        await terminal.Error.WriteLineAsync(
            $"The first row that does not fit: {fault.Id?.ToString("D") ?? "no id"}, position {fault.Position?.ToString(CultureInfo.InvariantCulture) ?? "none"}{(fault.Time is { } time ? $", of {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "")}. {fault.Reason}");
        return 1;
    }
}
