namespace Monolith.Architecture.Tests;

/// <summary>Rules that only the source text shows.</summary>
public sealed class SourceTests
{
    [Fact]
    public void Slices_name_no_type_of_MediatR()
    {
        var files = Solution.Sources(Path.Combine("src", "Modules"));
        Assert.True(files.Count > 50);
        Assert.DoesNotContain(files, file => File.ReadAllText(file).Contains("MediatR", StringComparison.Ordinal));
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
