using System.Text.RegularExpressions;

namespace Monolith.Architecture.Tests;

/// <summary>Where things lie: namespaces, projects and slices (architecture, sections 1, 3 and 7).</summary>
public sealed partial class LayoutTests
{
    private static readonly string[] NoRooms = ["Contracts", "Data", "Directory", "Migrations", "Permissions"];

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var files = Solution.Sources();
        Assert.True(files.Count > 300);
        Faults.None(files.Select(StrayNamespace).OfType<string>());
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Solution.Root, "Monolith.sln")).Replace('\\', '/');
        var projects = new[] { "src", "tests", "bench" }.SelectMany(folder => Solution.Sources(folder, "csproj")).Select(Solution.Relative).ToList();
        Assert.True(projects.Count > 12);
        Faults.None(projects.Where(project => !solution.Contains(project, StringComparison.Ordinal)).Select(project => $"{project} is not in Monolith.sln: dotnet sln add {project}"));
    }

    [Fact]
    public void A_slice_has_one_route_and_stands_in_a_room()
    {
        var slices = Solution.Sources(Path.Combine("src", "Modules")).Where(file => Endpoint().IsMatch(File.ReadAllText(file))).ToList();
        Assert.True(slices.Count > 60);
        Faults.None(slices.SelectMany(file => SliceFaults(Solution.Relative(file), File.ReadAllText(file))));
    }

    [Theory]
    [InlineData("src/Modules/Sample/Data/GetThing.cs", 1)]
    [InlineData("src/Modules/Sample/GetThing.cs", 1)]
    [InlineData("src/Modules/Sample/Things/GetThing.cs", 0)]
    public void A_slice_among_the_tables_is_named(string file, int faults) =>
        Assert.Equal(faults, SliceFaults(file, "internal sealed class GetThingEndpoint : ICarterModule").Count(fault => fault.Contains(file, StringComparison.Ordinal)));

    [Fact]
    public void Two_routes_in_one_file_are_named() =>
        Assert.Single(SliceFaults("src/Modules/Sample/Things/Both.cs", "class A : ICarterModule { } class B : ICarterModule { }"));

    private static string? StrayNamespace(string file)
    {
        var project = Path.GetDirectoryName(file)!;
        while (Directory.GetFiles(project, "*.csproj").Length == 0)
            project = Path.GetDirectoryName(project)!;
        var name = Path.GetRelativePath(project, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
        var wanted = $"Monolith.{Path.GetFileNameWithoutExtension(Directory.GetFiles(project, "*.csproj")[0])}{(name == "." ? "" : "." + name)}";
        var stated = Namespace().Match(File.ReadAllText(file));
        return !stated.Success || stated.Groups[1].Value == wanted ? null : $"{Solution.Relative(file)} says {stated.Groups[1].Value}; its folder is {wanted}";
    }

    private static IEnumerable<string> SliceFaults(string file, string text)
    {
        var room = file.Split('/') is { Length: > 4 } parts ? parts[3] : "";
        if (room is "" || NoRooms.Contains(room))
            yield return $"{file} holds a route outside of a room; move it to the folder of what it is about, such as src/Modules/Members/Users";
        if (Endpoint().Count(text) > 1)
            yield return $"{file} holds {Endpoint().Count(text)} routes; a slice is one file with one route";
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bclass \w+(\([^)]*\))?\s*: (ICarterModule|IPageFiles)\b")]
    private static partial Regex Endpoint();
}
