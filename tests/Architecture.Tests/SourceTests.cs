namespace Monolith.Architecture.Tests;

/// <summary>Rules that only the source text shows.</summary>
public sealed class SourceTests
{
    [Fact]
    public void Only_the_kernel_names_types_of_the_mediator()
    {
        var files = Solution.Sources().ToLookup(file => File.ReadAllText(file).Contains("MediatR", StringComparison.Ordinal));
        Assert.True(files[false].Count() > 300);
        Assert.NotEmpty(files[true]);
        Assert.Empty(files[true].Select(Solution.Relative).Where(file => !file.StartsWith("src/BuildingBlocks/Kernel/", StringComparison.Ordinal)).Select(file => $"{file} names MediatR; use the interfaces of Monolith.Kernel.Messaging"));
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
}
