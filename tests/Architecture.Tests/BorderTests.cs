using System.Text.RegularExpressions;

namespace Monolith.Architecture.Tests;

/// <summary>A module reads and writes its own schema and may read <c>contracts</c> (architecture, section 2). What a database role refuses when it runs, this names before.</summary>
public sealed class BorderTests
{
    private static readonly string[] Schemas = [.. Solution.Registered.Select(module => module.Name), "platform"];

    [Fact]
    public void Statements_stay_in_the_schema_of_their_module()
    {
        var owned = Solution.Registered.SelectMany(module => Solution.SourcesOf(module).Select(file => (Schema: module.Name, File: file))).ToList();
        Assert.True(owned.Count > 200);
        Faults.None(owned.SelectMany(one => Crossings(Solution.Relative(one.File), File.ReadAllText(one.File), one.Schema)));
    }

    [Fact]
    public void Migrations_make_nothing_in_another_schema()
    {
        var owned = Solution.Registered.SelectMany(module => Solution.SourcesOf(module, "sql").Select(file => (Schema: module.Name, File: file))).ToList();
        Assert.True(owned.Count >= Solution.Registered.Count);
        Faults.None(owned.SelectMany(one => Strays(Solution.Relative(one.File), File.ReadAllText(one.File), one.Schema)));
    }

    [Theory]
    [InlineData("select name from members.users", 1)]
    [InlineData("select name from contracts.users", 0)]
    [InlineData("select name from sample.things", 0)]
    [InlineData("insert into platform.audit_logs values (1)", 1)]
    public void A_statement_on_a_foreign_table_is_named(string sql, int faults) =>
        Assert.Equal(faults, Crossings("src/Modules/Sample/Things/GetThing.cs", $"private const string Sql = \"{sql}\";", "sample").Count());

    [Theory]
    [InlineData("create table sample.things (id uuid)", 0)]
    [InlineData("create table members.things (id uuid)", 1)]
    [InlineData("create table if not exists things (id uuid)", 1)]
    [InlineData("create or replace view contracts.things as select 1", 0)]
    [InlineData("create index on members.users (name)", 1)]
    [InlineData("create trigger told after insert on members.users execute function sample.told()", 1)]
    [InlineData("alter table members.users add note text", 1)]
    public void A_table_in_a_foreign_schema_is_named(string sql, int faults) =>
        Assert.Equal(faults, Strays("src/Modules/Sample/Migrations/0001_things.sql", sql, "sample").Count());

    private static IEnumerable<string> Crossings(string file, string text, string own) =>
        from Match match in Regex.Matches(text, $@"(?<![\w.""])({string.Join('|', Schemas)})\.[a-z_]+\b")
        where match.Groups[1].Value != own
        select $"{file} touches {match.Value}; read a view in the schema contracts, or ask the contract of the module {match.Groups[1].Value}";

    private static IEnumerable<string> Strays(string file, string text, string own)
    {
        const string Made = @"\b(?:create\s+(?:unlogged\s+)?table|alter\s+table|create\s+(?:unique\s+)?index[^;]*?\bon|create\s+(?:constraint\s+)?trigger[^;]*?\bon)\s+(?:only\s+)?(?:if\s+(?:not\s+)?exists\s+)?([a-z_.]+)";
        return from Match match in Regex.Matches(Regex.Replace(text, "--.*", ""), Made, RegexOptions.IgnoreCase)
               where !match.Groups[1].Value.StartsWith($"{own}.", StringComparison.Ordinal)
               select $"{file} changes {match.Groups[1].Value}; a migration makes and changes tables of the schema {own} only: write {own}.{match.Groups[1].Value.Split('.')[^1]}, or let the owner migrate its table";
    }
}
