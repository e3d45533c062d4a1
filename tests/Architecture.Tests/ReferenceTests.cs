using System.Xml.Linq;

namespace Monolith.Architecture.Tests;

/// <summary>Api to every module; Members to Roles to Entitlements to BuildingBlocks; never the other way.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Api"] = ["BuildingBlocks", "Entitlements", "Members", "Roles"],
        ["Members"] = ["BuildingBlocks", "Entitlements", "Roles"],
        ["Roles"] = ["BuildingBlocks", "Entitlements"],
        ["Entitlements"] = ["BuildingBlocks"],
        ["BuildingBlocks"] = [],
    };

    [Fact]
    public void Projects_reference_only_what_lies_below()
    {
        var projects = Directory.GetFiles(Path.Combine(Solution.Root, "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(Allowed.Keys.Order(), projects.Select(Path.GetFileNameWithoutExtension).Order());
        var references = 0;
        foreach (var project in projects)
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var targets = XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .ToList();
            references += targets.Count;
            Assert.True(targets.All(Allowed[name].Contains), $"{name} references {string.Join(", ", targets.Except(Allowed[name]))}");
        }

        Assert.True(references > 5);
    }

    [Fact]
    public void Assemblies_reference_only_what_lies_below()
    {
        var references = 0;
        foreach (var assembly in Solution.Modules.Append(Solution.BuildingBlocks).Append(typeof(Api.Modules).Assembly))
        {
            var name = assembly == typeof(Api.Modules).Assembly ? "Api" : assembly.GetName().Name!["Monolith.".Length..];
            var targets = assembly.GetReferencedAssemblies()
                .Select(target => target.Name!)
                .Where(target => target.StartsWith("Monolith.", StringComparison.Ordinal))
                .Select(target => target["Monolith.".Length..])
                .ToList();
            references += targets.Count;
            Assert.True(targets.All(Allowed[name].Contains), $"{name} references {string.Join(", ", targets.Except(Allowed[name]))}");
        }

        Assert.True(references > 5);
    }
}
