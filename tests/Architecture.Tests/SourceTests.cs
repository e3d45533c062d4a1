using System.Text.RegularExpressions;

namespace Monolith.Architecture.Tests;

/// <summary>Rules that only the source text shows.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void Only_the_kernel_names_types_of_the_mediator()
    {
        var files = Solution.Sources().ToLookup(file => File.ReadAllText(file).Contains("MediatR", StringComparison.Ordinal));
        Assert.True(files[false].Count() > 300);
        Assert.NotEmpty(files[true]);
        Faults.None(files[true].Select(Solution.Relative).Where(file => !file.StartsWith("src/BuildingBlocks/Kernel/", StringComparison.Ordinal)).Select(file => $"{file} names MediatR; use the interfaces of Monolith.Kernel.Messaging"));
    }

    [Fact]
    public void Contracts_know_no_database_and_no_validator()
    {
        var folder = $"{Path.DirectorySeparatorChar}Contracts{Path.DirectorySeparatorChar}";
        var files = Solution.Sources().Where(file => file.Contains(folder, StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 3);
        string[] forbidden = ["Dapper", "Npgsql", "FluentValidation"];
        Assert.DoesNotContain(files, file => forbidden.Any(name => File.ReadAllText(file).Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Statuses_and_roles_are_named_by_their_constants()
    {
        string[] homes = ["UserStatus.cs", "LoginType.cs", "RoleName.cs"];
        var files = new[] { "src/Modules/Members", "src/Modules/Roles", "src/Api" }
            .SelectMany(folder => Solution.Sources(folder).Concat(folder == "src/Api" ? [] : Solution.Sources(folder, "razor")))
            .ToList();
        Assert.True(files.Count > 150);
        Assert.Equal(homes.Length - 1, files.Count(file => Spelled().IsMatch(File.ReadAllText(file)) && homes.Contains(Path.GetFileName(file))));
        Faults.None(
            from file in files
            where !homes.Contains(Path.GetFileName(file))
            from word in Spelled().Matches(File.ReadAllText(file))
            select $"{Solution.Relative(file)} spells {word.Groups[1].Value}: say UserStatus or RoleName");
    }

    [GeneratedRegex("^(?!\\s*///).*\"(dormant|suspended|user-admin|template-admin|auditor|organization-(member|admin|user-admin|template-admin|auditor|service-account|workspace-access|workspace-creation-ban))\"", RegexOptions.Multiline)]
    private static partial Regex Spelled();
}
