using Monolith.Api.Hosting;
using Monolith.Audit.Contracts;
using Monolith.Data.Migrations;

namespace Monolith.Api.Verbs;

/// <summary><c>audit verify</c>: looks whether the audit log is as it was written, also while the server runs. It needs no session, only the database's connection. Exit codes: 0 it is, 1 it is not, 2 not understood.</summary>
internal static class AuditVerbs
{
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not ["verify", .. var settings] || settings.Any(one => !one.StartsWith("--", StringComparison.Ordinal) || !one.Contains('=', StringComparison.Ordinal)))
        {
            await error.WriteLineAsync("Usage: monolith audit verify");
            return 2;
        }

        await using var app = await ServerBuilder.BuildAsync([.. settings, "--Logging:LogLevel:Default=Warning"]);
        await app.Services.GetRequiredService<Migrator>().ApplyAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IAuditVerification>().VerifyAsync(CancellationToken.None);
        await output.WriteLineAsync(
            $"""
            verified  {found.Verified}
            removed   {found.Removed}
            unsealed  {found.Unsealed}
            position  {found.Position}
            hash      {found.Hash}
            """);
        if (found.Fault is not { } fault)
        {
            await output.WriteLineAsync("Every row fits.");
            return 0;
        }

        await error.WriteLineAsync(
            $"The first row that does not fit: {fault.Id?.ToString("D") ?? "no id"}, position {fault.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}{(fault.Time is { } time ? $", of {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "")}. {fault.Reason}");
        return 1;
    }
}
