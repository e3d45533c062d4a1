using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.BuildingBlocks.Modules;

namespace Monolith.Architecture.Tests;

/// <summary>What the scans look at: the assemblies of the modules and the source files under <c>src</c>.</summary>
internal static class Solution
{
    public static readonly Assembly BuildingBlocks = typeof(IModule).Assembly;

    public static readonly Assembly[] Modules = [.. OfTheHost().Select(module => module.Assembly)];

    public static readonly string Root = FindRoot();

    public static IReadOnlyList<string> Sources(string folder = "src", string kind = "cs")
    {
        var separator = Path.DirectorySeparatorChar;
        var files = Directory.EnumerateFiles(Path.Combine(Root, folder), $"*.{kind}", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{separator}obj{separator}", StringComparison.Ordinal) && !file.Contains($"{separator}bin{separator}", StringComparison.Ordinal))
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

    // Whatever the host adds is looked at.
    private static List<RegisteredModule> OfTheHost()
    {
        var services = new ServiceCollection();
        Api.Modules.Add(services, new ConfigurationBuilder().Build());
        var modules = services.Select(service => service.ImplementationInstance).OfType<RegisteredModule>().ToList();
        Assert.NotEmpty(modules);
        return modules;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Monolith.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Monolith.sln was not found above the test.");
    }
}
