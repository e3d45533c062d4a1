using System.CommandLine;
using Monolith.Api.Hosting;
using Monolith.Api.Verbs.Doctor;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Verbs;

/// <summary><c>doctor</c>: looks at everything that a start depends on, changes nothing, and says what to do. Exit code 1 when something is wrong.</summary>
internal static class DoctorVerb
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("doctor", "Looks at settings, database, rights, clock, disk, addresses and proxy, changes nothing, and says what to do.");
        command.SetAction((_, cancellationToken) => RunAsync(context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var configuration = context.Configuration();
        try
        {
            SettingCatalog.Check(configuration);
            findings.Add(Finding.Fine("settings", $"all of them can be used; 'monolith config' shows them"));
            findings.AddRange(Database.External(configuration) is { } external
                ? [.. await DatabaseDoctor.LookAsync(configuration, external, cancellationToken), MachineDoctor.Disk(Path.GetTempPath())]
                : await MachineDoctor.EmbeddedAsync(Database.Embedded(configuration), cancellationToken));
            findings.AddRange(MachineDoctor.Addresses(configuration));
        }
        catch (SettingException fault)
        {
            findings.AddRange(fault.Message.Split('\n').Where(line => !line.EndsWith(':')).Select(line => Finding.Fault("settings", $"{line.Trim()} All settings: docs/guide/settings.md")));
        }

        foreach (var (level, area, text) in findings)
            await context.Terminal.Output.WriteLineAsync($"{level switch { FindingLevel.Fine => "ok", FindingLevel.Note => "note", _ => "FAULT" },-6}{area,-10}{text}");
        var faults = findings.Count(finding => finding.Level == FindingLevel.Fault);
        await context.Terminal.Output.WriteLineAsync(faults == 0 ? "Nothing is in the way of a start." : faults == 1 ? "1 fault is in the way of a start." : $"{faults} faults are in the way of a start.");
        return faults == 0 ? 0 : 1;
    }
}
