using Monolith.Data.Migrations;

namespace Monolith.Architecture.Tests;

/// <summary>The migrations of this build fit each other. The start asks the same before it touches the database.</summary>
public sealed class MigrationTests
{
    private static readonly Dictionary<(string Module, string Name), string> NothingApplied = [];

    [Fact]
    public void Numbers_of_a_module_begin_at_1_and_follow_each_other()
    {
        var scripts = MigrationScript.All(Solution.Registered);
        Assert.True(scripts.Count(script => script.Number is not null) > Solution.Registered.Count);
        MigrationGuard.Check(scripts, NothingApplied);
    }

    [Theory]
    [InlineData("0003_late.sql", "sample/0003_late.sql leaves a gap before it. Numbers begin at 0001 and follow each other: restore what is missing, or rename the file.")]
    [InlineData("0001_twin.sql", "sample/0001_twin.sql has the number of 0001_sample.sql. Every number is used once: give the later one the next free number.")]
    [InlineData("second.sql", "sample/second.sql has a name that is no migration's.")]
    public void A_file_that_does_not_fit_is_named(string file, string complaint)
    {
        MigrationScript[] scripts = [new("sample", "0001_sample.sql", ""), new("sample", file, "")];
        var refusal = Assert.Throws<MigrationException>(() => MigrationGuard.Check(scripts, NothingApplied));
        Assert.Contains(complaint, refusal.Message, StringComparison.Ordinal);
    }
}
