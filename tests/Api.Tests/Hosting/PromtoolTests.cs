using System.Diagnostics;

namespace Monolith.Api.Tests.Hosting;

/// <summary>The alert rules of <c>deploy/prometheus</c>, as Prometheus itself reads and tries them.</summary>
public sealed class PromtoolTests
{
    [SkippableTheory]
    [InlineData("check", "rules", "alerts.yml")]
    [InlineData("check", "config", "--syntax-only", "prometheus.yml")]
    [InlineData("test", "rules", "alerts.test.yml")]
    public async Task The_rules_are_sound_and_fire(params string[] arguments)
    {
        var tool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        if (tool is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "promtool is needed in CI: apt-get install prometheus");
            Skip.If(true, "promtool is not on PATH: apt-get install prometheus");
        }

        using var process = Process.Start(new ProcessStartInfo(tool!, arguments)
        {
            WorkingDirectory = Path.Combine(SettingDocumentTests.Root(), "deploy", "prometheus"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var text = process.StandardOutput.ReadToEndAsync();
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, complaints + await text);
    }
}
