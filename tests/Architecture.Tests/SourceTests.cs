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
    public void No_file_is_longer_than_250_lines()
    {
        var files = Solution.Sources();
        Assert.True(files.Count > 100);
        Assert.DoesNotContain(files, file => File.ReadLines(file).Count() > 250);
    }

    [Fact]
    public void Nor_is_a_part_of_a_page_the_style_or_the_script()
    {
        var files = new[] { "razor", "css", "js" }.SelectMany(kind => Solution.Sources("src", kind)).ToList();
        Assert.True(files.Count > 60);
        Assert.DoesNotContain(files, file => File.ReadLines(file).Count() > 250);
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
