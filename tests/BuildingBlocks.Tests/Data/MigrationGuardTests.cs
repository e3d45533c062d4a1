using Monolith.Data.Migrations;

namespace Monolith.BuildingBlocks.Tests.Data;

/// <summary>Which files stop a start, and what is said about them.</summary>
public sealed class MigrationGuardTests
{
    private static readonly MigrationScript First = new("sample", "0001_first.sql", "select 1");
    private static readonly MigrationScript Second = new("sample", "0002_second.sql", "select 2");
    private static readonly MigrationScript View = new("sample", "Views/contracts.one.sql", "create or replace view contracts.one as select 1 as n");

    [Fact]
    public void Files_that_fit_pass()
    {
        Check([First, Second, View]);
        Check([First, Second, View], First);
        Check([First, Second, View with { Sql = "another" }], First, Second, View);
    }

    [Theory]
    [InlineData("003_third.sql")]
    [InlineData("0003-third.sql")]
    [InlineData("0003_Third.sql")]
    [InlineData("third.sql")]
    [InlineData("Procedures.sample.one.sql")]
    [InlineData("Views/one.sql")]
    public void A_badly_named_file_is_named(string name) =>
        Assert.Contains("rename the file", Fault([First, Second, new("sample", name, "")], $"sample/{name} "), StringComparison.Ordinal);

    [Fact]
    public void A_number_is_used_once() =>
        Assert.Contains("0002_second.sql", Fault([First, Second, new("sample", "0002_third.sql", "")], "sample/0002_third.sql "), StringComparison.Ordinal);

    [Fact]
    public void Numbers_leave_no_gap()
    {
        Assert.Contains("gap", Fault([First, new("sample", "0003_third.sql", "")], "sample/0003_third.sql "), StringComparison.Ordinal);
        Assert.Contains("gap", Fault([Second], "sample/0002_second.sql "), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_step_is_named() =>
        Assert.Contains("0003_", Fault([First, Second with { Sql = "select 3" }], "sample/0002_second.sql ", First, Second), StringComparison.Ordinal);

    [Fact]
    public void A_file_of_a_newer_build_is_named()
    {
        Assert.Contains("newer version", Fault([First], "sample/0002_second.sql ", First, Second), StringComparison.Ordinal);
        Assert.Contains("newer version", Fault([First], "sample/Views/contracts.one.sql ", First, View), StringComparison.Ordinal);
        Assert.Contains("newer version", Fault([First], "The module of_a_newer_build ", First, new("of_a_newer_build", "0001_first.sql", "")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_file_is_named_and_told_its_number()
    {
        var late = new MigrationScript("sample", "0002_late.sql", "");
        var message = Fault([First, late, Second with { Name = "0003_second.sql" }], "sample/0002_late.sql ", First, Second with { Name = "0003_second.sql" });
        Assert.Contains("Give it the number 0004", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_the_old_numbering_is_told_what_to_do() =>
        Assert.Contains("make an empty one", Fault([First], "before the first release", new MigrationScript("platform", "0002_form_keys.sql", "")), StringComparison.Ordinal);

    [Fact]
    public void Names_are_in_plain_order_steps_before_definitions_of_every_module()
    {
        MigrationScript[] scripts =
        [
            new("b", "Triggers/b.t.sql", ""), new("b", "0002_b.sql", ""), new("b", "0001_Z.sql", ""), new("b", "0001_a.sql", ""), new("b", "Functions/b.f.sql", ""),
            new("a", "Views/a.v.sql", ""), new("a", "0001_a.sql", ""), new("a", "Functions/a.f.sql", ""),
        ];
        Assert.Equal(
            ["b/0001_Z.sql", "b/0001_a.sql", "b/0002_b.sql", "a/0001_a.sql", "a/Views/a.v.sql", "b/Functions/b.f.sql", "a/Functions/a.f.sql", "b/Triggers/b.t.sql"],
            MigrationScript.InOrder(scripts).Select(script => script.Path));
    }

    private static string Fault(MigrationScript[] scripts, string file, params MigrationScript[] applied)
    {
        var refusal = Assert.Throws<MigrationException>(() => Check(scripts, applied));
        return Assert.Single(refusal.Message.Split('\n'), line => line.Contains(file, StringComparison.Ordinal));
    }

    private static void Check(MigrationScript[] scripts, params MigrationScript[] applied) =>
        MigrationGuard.Check(scripts, applied.ToDictionary(script => (script.Module, script.Name), script => script.Checksum));
}
