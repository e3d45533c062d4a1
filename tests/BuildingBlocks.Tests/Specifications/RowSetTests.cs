using Monolith.Data.Specifications;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>Conditions by a set that a statement answers.</summary>
public sealed class RowSetTests
{
    private static readonly RowSet Named = new("select id from named where name = @named", new { named = "x" });

    [Fact]
    public void A_set_is_a_condition_of_rows_and_count()
    {
        var wanted = Where.With(q => q.Where(p => p.Active).Within(p => p.Id, Named).Within(p => p.Id, null));
        var (sql, _) = SqlSpecification.Select(wanted, Sample.Map);
        Assert.Contains($"{Sample.Map.Column(nameof(Person.Id))} in (\n{Named.Sql})", sql, StringComparison.Ordinal);
        Assert.Contains(Named.Sql, SqlSpecification.Count(wanted, Sample.Map).Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_sets_must_all_hold_the_row()
    {
        var sql = SqlSpecification.Select(Where.With(q => q.Within(p => p.Id, Named).Within(p => p.Id, new("select 1", new { }))), Sample.Map).Sql;
        Assert.Contains($"in (\n{Named.Sql})", sql, StringComparison.Ordinal);
        Assert.Contains("in (\nselect 1)", sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_in_memory_cannot_be_asked()
    {
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() =>
            new InMemoryReadStore<Person>(Sample.Map, Sample.Rows).PageAsync(Where.With(q => q.OrderBy(p => p.Name).Within(p => p.Id, Named).Take(1)), default));
        Assert.Contains("a set of the database", refusal.Message, StringComparison.Ordinal);
    }
}
