using System.Diagnostics;
using Monolith.Testing;

namespace Monolith.Clients.Tests;

/// <summary>Clients as they are published, where the machine has them. Each says why it is skipped.</summary>
public sealed class RealClientTests
{
    [SkippableFact]
    public async Task The_command_line_reads_who_signed_in()
    {
        var coder = Find("coder");
        Skip.If(coder is null, "Skipped: there is no coder on the PATH, and no package feed has it. CommandLineTests replays its requests.");
        await using var s = await Scenario.StartAsync();
        var (code, output) = await RunAsync(coder, ["whoami"], ("CODER_URL", s.Server.Address.ToString()), ("CODER_SESSION_TOKEN", s.Owner.Token!));
        Assert.True(code == 0, output);
        Assert.Contains("owner", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Terraform_applies_and_destroys_a_user_with_the_published_provider()
    {
        var terraform = Find("terraform") ?? Find("tofu");
        Skip.If(terraform is null, "Skipped: there is neither terraform nor tofu on the PATH. TerraformReplayTests replays the provider's requests.");
        var mirror = Environment.GetEnvironmentVariable("CODERD_PROVIDER_MIRROR");
        Skip.If(string.IsNullOrEmpty(mirror), "Skipped: terraform is here, the provider coder/coderd is not, and no package feed has it. Set CODERD_PROVIDER_MIRROR to a folder made by 'terraform providers mirror'.");
        await using var s = await Scenario.StartAsync();
        var folder = Directory.CreateTempSubdirectory("terraform").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "main.tf"),
            """
            terraform {
              required_providers {
                coderd = { source = "coder/coderd" }
              }
            }
            resource "coderd_user" "ben" {
              username = "ben"
              name     = "Ben"
              email    = "ben@example.com"
              roles    = ["auditor"]
            }
            """);
        (string, string)[] environment = [("CODER_URL", s.Server.Address.ToString()), ("CODER_SESSION_TOKEN", s.Owner.Token!)];
        foreach (var arguments in new string[][] { ["init", "-plugin-dir", mirror!], ["apply", "-auto-approve"], ["plan", "-detailed-exitcode"], ["destroy", "-auto-approve"] })
        {
            var (code, output) = await RunAsync(terraform, ["-chdir=" + folder, .. arguments], environment);
            Assert.True(code == 0, output);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
