using System.Reflection;
using Monolith.Data.Connections;
using Monolith.Kernel.Modules;

namespace Monolith.Architecture.Tests;

/// <summary>What the scans look at: the assemblies of the modules and the source files under <c>src</c>.</summary>
internal static class Solution
{
    private static readonly Assembly[] Blocks = [typeof(IModule).Assembly, typeof(Db).Assembly, typeof(Web.BuildingBlocksRegistration).Assembly, typeof(EmbeddedPostgres.EmbeddedPostgresException).Assembly];

    /// <summary>What the host's <c>Modules.cs</c> adds, in its order: a module is looked at because it is there, not because a test lists it.</summary>
    public static readonly IReadOnlyList<RegisteredModule> Registered = FindModules();

    public static readonly Assembly[] Modules = [.. Registered.Select(module => module.Assembly)];

    /// <summary>Every assembly of the product.</summary>
    public static readonly Assembly[] Assemblies = [.. Blocks, .. Modules, typeof(Api.Modules).Assembly];

    public static readonly string Root = FindRoot();

    /// <summary>What people wrote: not what a build made, nor what a generator did.</summary>
    public static IReadOnlyList<string> Sources(string folder = "src", string kind = "cs")
    {
        string[] made = ["obj", "bin", "Generated"];
        var files = Directory.EnumerateFiles(Path.Combine(Root, folder), $"*.{kind}", SearchOption.AllDirectories)
            .Where(file => !made.Any(name => file.Contains($"{Path.DirectorySeparatorChar}{name}{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
            .ToList();
        Assert.NotEmpty(files);
        return files;
    }

    public static IReadOnlyList<Type> Types()
    {
        var types = Modules.SelectMany(module => module.GetTypes())
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace?.StartsWith("Monolith.", StringComparison.Ordinal) == true)
            .ToList();
        Assert.True(types.Count > 100);
        return types;
    }

    /// <summary>The files of a module, by the name of its project.</summary>
    public static IReadOnlyList<string> SourcesOf(RegisteredModule module, string kind = "cs") =>
        Sources(Path.Combine("src", "Modules", ProjectOf(module.Assembly)), kind);

    /// <summary>The name of the project that an assembly was built from.</summary>
    public static string ProjectOf(Assembly assembly) => assembly == typeof(Api.Modules).Assembly ? "Api" : assembly.GetName().Name!["Monolith.".Length..];

    /// <summary>A path as messages show it: from the root, with slashes.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/');

    private static IReadOnlyList<RegisteredModule> FindModules()
    {
        Assert.NotEmpty(Api.Modules.All);
        return Api.Modules.All;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Monolith.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Monolith.sln was not found above the test.");
    }
}
