using System.CommandLine;
using Monolith.Entitlements.Contracts;

namespace Monolith.Api.Verbs;

/// <summary><c>license keygen</c>, <c>issue</c> and <c>inspect</c>: a license desk at the command line. What a program reads goes to standard output alone; complaints go to standard error, with exit code 1, or 2 where they are about the command line.</summary>
internal static class LicenseVerbs
{
    public static Command Create(VerbContext context) =>
        new("license", "Makes keys, issues and explains licenses.") { KeyGen(), LicenseIssueVerb.Create(context), LicenseInspectVerb.Create(context) };

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
