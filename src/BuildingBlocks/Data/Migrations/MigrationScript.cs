using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Monolith.Data.Connections;
using Monolith.Kernel.Modules;

namespace Monolith.Data.Migrations;

/// <summary>
/// One migration file, as embedded in an assembly: a step, <c>NNNN_words.sql</c>, which runs once, or a definition,
/// <c>Views/</c>, <c>Functions/</c> or <c>Triggers/schema.name.sql</c>, which runs again whenever it says something else.
/// </summary>
internal sealed partial record MigrationScript(string Module, string Name, string Sql)
{
    private const string Folder = ".Migrations.";

    // Functions read views and triggers call functions, also those of other modules.
    private static readonly string[] Kinds = ["Views", "Functions", "Triggers"];

    /// <summary>Line endings do not count: a checkout on another system must not look like a change.</summary>
    public string Checksum =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The number of a step; null for everything else.</summary>
    public int? Number => StepName().Match(Name) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>The object that a definition defines, with its schema; null for everything else.</summary>
    public string? Defines => DefinitionName().Match(Name) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The module and the file.</summary>
    public string Path => $"{Module}/{Name}";

    /// <summary>In the order they run: the steps of every module, then the views of all, then their functions, then their triggers; of each kind by name.</summary>
    public static IReadOnlyList<MigrationScript> All(IEnumerable<RegisteredModule> modules) =>
        InOrder([.. Of(Platform.Name, typeof(MigrationScript).Assembly), .. modules.SelectMany(module => Of(module.Name, module.Assembly))]);

    internal static IReadOnlyList<MigrationScript> InOrder(IReadOnlyList<MigrationScript> scripts) =>
        [.. scripts.OrderBy(Kind).ThenBy(script => Place(scripts, script)).ThenBy(script => script.Name, StringComparer.Ordinal)];

    private static int Kind(MigrationScript script) => Array.FindIndex(Kinds, kind => script.Name.StartsWith(kind, StringComparison.Ordinal));

    private static int Place(IReadOnlyList<MigrationScript> scripts, MigrationScript script) =>
        scripts.TakeWhile(other => other.Module != script.Module).Count();

    private static IEnumerable<MigrationScript> Of(string module, Assembly assembly) =>
        from resource in assembly.GetManifestResourceNames()
        where resource.EndsWith(".sql", StringComparison.Ordinal) && resource.Contains(Folder, StringComparison.Ordinal)
        let name = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..]
        select new MigrationScript(module, InFolder(name), Read(assembly, resource));

    // The name of a resource has dots where the path has slashes.
    private static string InFolder(string name) =>
        Array.Find(Kinds, kind => name.StartsWith($"{kind}.", StringComparison.Ordinal)) is { } folder ? $"{folder}/{name[(folder.Length + 1)..]}" : name;

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\A([0-9]{4})_[a-z0-9_]+\.sql\z")]
    private static partial Regex StepName();

    [GeneratedRegex(@"\A(?:Views|Functions|Triggers)/([a-z0-9_]+\.[a-z0-9_]+)\.sql\z")]
    private static partial Regex DefinitionName();
}
