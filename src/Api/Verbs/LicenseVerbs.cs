using System.CommandLine;
using System.CommandLine.Invocation;
using Monolith.Entitlements.Contracts;

namespace Monolith.Api.Verbs;

/// <summary><c>license keygen</c>, <c>issue</c> and <c>inspect</c>: a license desk at the command line. What a program reads goes to standard output alone; complaints go to standard error, with exit code 1.</summary>
internal static class LicenseVerbs
{
    public static int Run(string[] args) => Run(args, Console.In, Console.Out, Console.Error);

    internal static int Run(string[] args, TextReader input, TextWriter output, TextWriter error)
    {
        var license = new Command("license", "Makes keys, issues and explains licenses.") { KeyGen(), LicenseIssueVerb.Create(), LicenseInspectVerb.Create(input) };
        var parsed = new RootCommand { license }.Parse([license.Name, .. args]);
        if (parsed.Action is ParseErrorAction complaint)
            (complaint.ShowHelp, complaint.ShowTypoCorrections) = (false, false);
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentOutOfRangeException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(wrong.Message);
            return 1;
        }
    }

    /// <summary>The settings of the server that matter here: trusted keys and the place of the development key.</summary>
    internal static IConfigurationBuilder Settings() => new ConfigurationBuilder().AddEnvironmentVariables();

    private static Command KeyGen()
    {
        var command = new Command("keygen", "Prints a new Ed25519 key pair. Keep the private key; trust the public key with Licensing__TrustedKeys__<kid>.");
        command.SetAction(parsed =>
        {
            var pair = LicenseTool.GenerateKeyPair();
            parsed.InvocationConfiguration.Output.WriteLine($"private {Convert.ToBase64String(pair.PrivateKey)}\npublic  {Convert.ToBase64String(pair.PublicKey)}");
        });
        return command;
    }
}
