using Monolith.Data.Connections;

namespace Monolith.Data.Migrations;

/// <summary>Compares the files of this build with each other and with what a database has applied. Nothing is applied while there is a complaint.</summary>
internal static class MigrationGuard
{
    // A file that only the numbering before the first release had.
    private static readonly (string, string) OldNumbering = (Platform.Name, "0002_form_keys.sql");

    /// <exception cref="MigrationException">Names every file that does not fit, and what to do with it.</exception>
    public static void Check(IReadOnlyList<MigrationScript> scripts, IReadOnlyDictionary<(string Module, string Name), string> applied)
    {
        if (applied.ContainsKey(OldNumbering))
        {
            throw new MigrationException(
                "This database was made before the first release. Its migrations were numbered anew since, and there is no way up from them: " +
                "copy what you need out of it, drop the database, make an empty one, and start again.");
        }

        var modules = scripts.Select(script => script.Module).ToHashSet();
        var strangers = applied.Keys.Select(key => key.Module).Where(module => !modules.Contains(module)).Distinct().Order(StringComparer.Ordinal)
            .Select(module => $"The module {module} is in the database and unknown to this build: a newer version has been here. Start that version, or restore the backup that was made before it.");
        var faults = strangers.Concat(scripts.GroupBy(script => script.Module).SelectMany(module => Faults(module.Key, [.. module], applied))).ToList();
        if (faults.Count > 0)
            throw new MigrationException("Nothing was applied to the database:\n" + string.Join('\n', faults));
    }

    private static IEnumerable<string> Faults(string module, List<MigrationScript> scripts, IReadOnlyDictionary<(string Module, string Name), string> applied)
    {
        var steps = scripts.Where(script => script.Number is not null).OrderBy(script => script.Name, StringComparer.Ordinal).ToList();
        var (names, next) = (scripts.Select(script => script.Name).ToHashSet(), $"{steps.Count + 1:0000}");
        var last = steps.LastOrDefault(step => applied.ContainsKey((module, step.Name)));
        foreach (var script in scripts.Where(script => script.Number is null && script.Defines is null))
            yield return $"{script.Path} has a name that is no migration's. Steps are named NNNN_words.sql, definitions Views/, Functions/ or Triggers/schema.name.sql: rename the file.";
        foreach (var name in applied.Keys.Where(key => key.Module == module && !names.Contains(key.Name)).Select(key => key.Name))
            yield return $"{module}/{name} is applied and unknown to this build: a newer version has been here. Start that version, or restore the backup that was made before it.";
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (i > 0 && steps[i - 1].Number == step.Number)
                yield return $"{step.Path} has the number of {steps[i - 1].Name}. Every number is used once: give the later one the next free number.";
            else if (step.Number != (i == 0 ? 1 : steps[i - 1].Number + 1))
                yield return $"{step.Path} leaves a gap before it. Numbers begin at 0001 and follow each other: restore what is missing, or rename the file.";
            if (!applied.TryGetValue((module, step.Name), out var checksum))
            {
                if (last is not null && string.CompareOrdinal(step.Name, last.Name) < 0)
                    yield return $"{step.Path} comes too late: {last.Name} is applied already. Give it the number {next}.";
            }
            else if (checksum != step.Checksum)
            {
                yield return $"{step.Path} was changed after it had been applied. Restore the file and put the change into a new one, {next}_….sql.";
            }
        }
    }
}
