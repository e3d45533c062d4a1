using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Monolith.BuildingBlocks.Modules;
using Npgsql;

namespace Monolith.BuildingBlocks.Data;

/// <summary>One migration file, as embedded in an assembly.</summary>
internal sealed record MigrationScript(string Module, string Name, string Sql)
{
    private const string Folder = ".Migrations.";

    /// <summary>Line endings do not count: a checkout on another system must not look like a change.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The platform's own first, then every module in the order of registration, each by file name.</summary>
    public static IReadOnlyList<MigrationScript> All(IEnumerable<RegisteredModule> modules) =>
        [.. Of("platform", typeof(MigrationScript).Assembly), .. modules.SelectMany(module => Of(module.Name, module.Assembly))];

    private static IEnumerable<MigrationScript> Of(string module, Assembly assembly) =>
        from resource in assembly.GetManifestResourceNames()
        where resource.EndsWith(".sql", StringComparison.Ordinal) && resource.Contains(Folder, StringComparison.Ordinal)
        let name = resource[(resource.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..]
        orderby name
        select new MigrationScript(module, name, Read(assembly, resource));

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>The database cannot be brought to the state that this build expects. The message names the file.</summary>
public sealed class MigrationException : Exception
{
    private MigrationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    internal static MigrationException Changed(MigrationScript script) => new(
        $"Migration {script.Module}/{script.Name} was changed after it had been applied. Restore the file and put the change into a new one.");

    internal static MigrationException Failed(MigrationScript script, PostgresException failure) => new(
        $"Migration {script.Module}/{script.Name} failed: {failure.MessageText}", failure);
}
