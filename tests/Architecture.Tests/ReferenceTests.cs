using System.Xml.Linq;

namespace Monolith.Architecture.Tests;

/// <summary>Api to every module; a module to those that <c>Modules.cs</c> lists after it; everything to the building blocks; never the other way.</summary>
public sealed class ReferenceTests
{
    private const string Host = "Api";

    /// <summary>The package for programs that call the API: nothing here uses it, and it uses nothing.</summary>
    private const string Client = "Client";

    private static readonly Dictionary<string, string[]> Blocks = new()
    {
        ["Kernel"] = [],
        ["Data"] = ["Kernel"],
        ["Web"] = ["Kernel", "Data"],
        ["EmbeddedPostgres"] = [],
    };

    private static readonly string[] Modules = [.. Solution.Registered.Select(module => Solution.ProjectOf(module.Assembly))];

    [Fact]
    public void Every_project_is_a_building_block_the_host_the_client_or_in_Modules()
    {
        var projects = Projects().Select(Path.GetFileNameWithoutExtension).ToList();
        Assert.True(projects.Count > 7);
        Faults.None(projects.Where(project => project is not (Host or Client) && !Blocks.ContainsKey(project!) && !Modules.Contains(project))
            .Select(project => $"{project} is not in src/Api/Modules.cs: reference it from src/Api and add one line there"));
    }

    [Fact]
    public void Projects_reference_only_what_lies_below() => AssertBelow(Projects().ToDictionary(
        project => Path.GetFileNameWithoutExtension(project),
        project => XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))).ToList()));

    [Fact]
    public void Assemblies_reference_only_what_lies_below() => AssertBelow(Solution.Assemblies.ToDictionary(
        Solution.ProjectOf,
        assembly => assembly.GetReferencedAssemblies().Select(target => target.Name!).Where(name => name.StartsWith("Monolith.", StringComparison.Ordinal)).Select(name => name["Monolith.".Length..]).ToList()));

    [Fact]
    public void Every_central_version_has_a_project_that_uses_the_package()
    {
        var used = new[] { "src", "tests", "bench" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Solution.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith("Directory.Build.props", StringComparison.Ordinal))
            .Append(Path.Combine(Solution.Root, "Directory.Build.props"))
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var versions = XDocument.Load(Path.Combine(Solution.Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(version => version.Attribute("Include")!.Value).ToList();
        Assert.True(versions.Count > 20);
        Faults.None(versions.Where(name => !used.Contains(name)).Select(name => $"Directory.Packages.props names {name}, which no project references: take it out"));
    }

    private static void AssertBelow(Dictionary<string, List<string>> references)
    {
        Assert.True(references.Sum(one => one.Value.Count) > 5);
        Faults.None(references.SelectMany(one => one.Value.Except(Below(one.Key)).Select(target => $"{one.Key} references {target}, which does not lie below it: let it declare a port in its Contracts, or publish an event")));
    }

    private static string[] Below(string project) =>
        project == Host ? [.. Blocks.Keys, .. Modules]
        : project == Client ? []
        : Blocks.TryGetValue(project, out var blocks) ? blocks
        : ["Kernel", "Data", "Web", .. Modules.SkipWhile(module => module != project).Skip(1)];

    private static string[] Projects() => Directory.GetFiles(Path.Combine(Solution.Root, "src"), "*.csproj", SearchOption.AllDirectories);
}
