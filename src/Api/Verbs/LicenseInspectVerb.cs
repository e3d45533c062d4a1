using System.CommandLine;
using Monolith.Entitlements;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Verbs;

/// <summary><c>license inspect</c>: what a token says, whether it would be accepted, and why not. Exit code 0 when it would be.</summary>
internal static class LicenseInspectVerb
{
    public static Command Create(VerbContext context)
    {
        var token = new Argument<string?>("token")
        {
            Description = "The license; '-' or nothing reads standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<FileInfo?>("--file", "-f") { Description = "Read the license from this file." };
        var trust = new Option<string[]>("--trust")
        {
            Description = "A key to check the signature with, as kid=base64 of the raw public key. Keys of Licensing__TrustedKeys__<kid> and the development key of this machine are known already.",
            HelpName = "kid=base64",
        };
        var users = new Option<long>("--users") { Description = "Count this many active users for the warnings." };
        var seats = new Option<long>("--seats") { Description = "Count this many AI seats for the warnings." };
        var command = new Command("inspect", "Explains a license: signature, status, claims, what it grants and which warnings it causes. The exit code is 0 when a server would accept it now, else 1.")
        {
            token, file, trust, users, seats,
        };
        command.SetAction(parsed =>
        {
            var text = parsed.GetValue(file) is { } path ? File.ReadAllText(path.FullName)
                : parsed.GetValue(token) is { } given and not "-" ? given
                : context.Terminal.Reader.ReadToEnd();
            var configuration = new ConfigurationBuilder().AddConfiguration(context.Configuration()).AddInMemoryCollection((parsed.GetValue(trust) ?? []).Select(Setting)).Build();
            return Print(parsed.InvocationConfiguration.Output, Inspect(text.Trim(), configuration, parsed.GetValue(users), parsed.GetValue(seats)));
        });
        return command;
    }

    private static LicenseReport Inspect(string token, IConfiguration configuration, long users, long seats)
    {
        try
        {
            return EntitlementsModule.InspectLicense(token, configuration, TimeProvider.System.GetUtcNow(), users, seats);
        }
        catch (SettingException badKey)
        {
            throw new FormatException(badKey.Message);
        }
    }

    private static int Print(TextWriter output, LicenseReport report)
    {
        foreach (var (label, text) in report.Lines)
            output.WriteLine($"{label,-12} {text}");
        output.WriteLine($"{"Verdict",-12} {(report.Accepted ? "a server would accept it" : "a server would refuse it")}");
        return report.Accepted ? 0 : 1;
    }

    private static KeyValuePair<string, string?> Setting(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } kid, var key]
            ? KeyValuePair.Create($"Licensing:TrustedKeys:{kid}", (string?)key)
            : throw new FormatException("--trust takes kid=base64.");
}
