using System.Linq.Expressions;
using Monolith.Data.Specifications;

namespace Monolith.BuildingBlocks.Tests.Specifications;

public sealed class SqlSpecificationTests
{
    [Theory]
    [InlineData("equal", "p.id = @p0")]
    [InlineData("equal null", "p.email is null")]
    [InlineData("not equal keeps null rows", "p.age is distinct from @p0")]
    [InlineData("less, value first", "p.age > @p0")]
    [InlineData("not greater keeps null rows", "((p.age > @p0) is not true)")]
    [InlineData("enum", "p.status = @p0")]
    [InlineData("bool", "p.active")]
    [InlineData("not bool", "not p.active")]
    [InlineData("has value", "p.seen_at is not null")]
    [InlineData("in an array", "p.id = any(@p0)")]
    [InlineData("in a list with null", "(p.age = any(@p0) or p.age is null)")]
    [InlineData("list property contains", "@p0 = any(p.roles)")]
    [InlineData("lists overlap", "p.roles && @p0")]
    [InlineData("closed flag decides", "true")]
    [InlineData("a letter", @"p.name like @p0")]
    [InlineData("precedence", "((p.age = @p0 or p.active) and (p.flag = @p1 or p.status = @p2))")]
    public void Writes_the_condition(string name, string condition) =>
        Assert.EndsWith("\nwhere " + condition, SqlSpecification.Count(new Where(Predicates.All[name]).Filtered(), Sample.Map).Sql, StringComparison.Ordinal);

    [Fact]
    public void Writes_a_whole_statement_with_parameters()
    {
        var specification = Where.With(q => q
            .Where(p => p.Status != Mood.NeedsRest)
            .Where(p => p.Active, condition: false)
            .Where(p => p.Name.Contains("50%_\\", StringComparison.OrdinalIgnoreCase))
            .TagWith("the second page")
            .OrderBy(p => p.Name).ThenByDescending(p => p.CreatedAt)
            .Skip(20).Take(10));
        var (sql, parameters) = SqlSpecification.Select(specification, Sample.Map);
        Assert.Equal(
            $"""
            /* the second page */
            select {Sample.Map.SelectList}
            from people p
            join (
            select p.id as page_key0
            from people p
            where p.status is distinct from @p0
              and p.name ilike @p1
            order by p.name collate "C", p.created_at desc, p.id
            limit @p2
            offset @p3
            ) page on page.page_key0 = p.id
            order by p.name collate "C", p.created_at desc, p.id
            """,
            sql);
        Assert.Equal("needs_rest", parameters.Get<string>("p0"));
        Assert.Equal(@"%50\%\_\\%", parameters.Get<string>("p1"));
        Assert.Equal(10, parameters.Get<int>("p2"));
        Assert.Equal(20, parameters.Get<int>("p3"));
    }

    [Fact]
    public void A_plan_that_is_kept_knows_how_few_rows_are_wanted()
    {
        var (sql, parameters) = SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Name).Take(5).KeepPlan()), Sample.Map);
        Assert.EndsWith("\nlimit 5", sql, StringComparison.Ordinal);
        Assert.Empty(parameters.ParameterNames);
        Assert.Contains("limit @p0", SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Name).Take(5).KeepPlan(false)), Sample.Map).Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_page_by_its_keys_first_where_it_is_told_to_and_the_narrow_source_suffices()
    {
        Assert.Contains("page_key", SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Name).Take(5).FindKeysFirst()), Sample.NarrowMap).Sql, StringComparison.Ordinal);
        Assert.DoesNotContain("page_key", SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Name).Take(5).FindKeysFirst()), Sample.Map).Sql, StringComparison.Ordinal);
        Assert.DoesNotContain("page_key", SqlSpecification.Select(Where.With(q => q.Where(p => p.Email != null).OrderBy(p => p.Name).Take(5).FindKeysFirst()), Sample.NarrowMap).Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_without_order_and_page()
    {
        var (sql, _) = SqlSpecification.Count(Where.With(q => q.OrderBy(p => p.Name).Skip(1).Take(1)), Sample.Map);
        Assert.Equal("select count(*)\nfrom people p", sql);
    }

    [Fact]
    public void Finds_deep_pages_in_the_narrow_source_only_when_it_has_the_columns()
    {
        var narrow = SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Name).Skip(1)), Sample.NarrowMap).Sql;
        var first = SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Name).Take(1)), Sample.NarrowMap).Sql;
        var other = SqlSpecification.Select(Where.With(q => q.Where(p => p.Email != null).OrderBy(p => p.Name).Skip(1)), Sample.NarrowMap).Sql;
        Assert.Contains("from (select id, name from people) p", narrow, StringComparison.Ordinal);
        Assert.Contains("page on page.page_key0 = p.id\norder by p.name collate \"C\", p.id", narrow, StringComparison.Ordinal);
        Assert.DoesNotContain("page_key", first, StringComparison.Ordinal);
        Assert.DoesNotContain("(select id", first + other, StringComparison.Ordinal);
    }

    [Fact]
    public void Looks_the_cursor_up_in_the_same_statement_and_counts_what_is_after_it()
    {
        var after = Where.With(q => q.Where(p => p.Active).OrderBy(p => p.Name).After(p => p.Id, Sample.Rows[3].Id).Take(5));
        var (sql, parameters) = SqlSpecification.Select(after, Sample.Map);
        const string Condition = "where p.active\n  and p.name collate \"C\" > (select c.name from people c where c.id = @cursor)";
        Assert.Contains(Condition, sql, StringComparison.Ordinal);
        Assert.Contains(Condition, SqlSpecification.Count(after, Sample.Map).Sql, StringComparison.Ordinal);
        Assert.Equal(Sample.Rows[3].Id, parameters.Get<Guid>("cursor"));
        Assert.DoesNotContain("cursor", SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Name).After(p => p.Id, null)), Sample.Map).Sql, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Age).After(p => p.Id, Guid.Empty)), Sample.Map));
        Assert.Throws<NotSupportedException>(() => SqlSpecification.Select(after, Sample.NarrowMap));
    }

    [Fact]
    public void Pages_by_a_key_with_few_values_as_one_range_for_each()
    {
        var (sql, _) = SqlSpecification.Select(Where.With(q => q.OrderByDescending(p => p.Active).ThenBy(p => p.Name).Take(5)), Sample.Map);
        Assert.Contains(
            """
            with page_range0 as (
            select p.id as page_key0, p.name collate "C" as page_sort0, p.id as page_sort1
            from people p
            where p.active
            order by p.name collate "C", p.id
            limit @p0
            ),
            page_range1 as (
            select * from (
            select p.id as page_key0, p.name collate "C" as page_sort0, p.id as page_sort1
            from people p
            where not p.active
            order by p.name collate "C", p.id
            limit @p0
            ) few
            limit @p0 - (select count(*) from page_range0)
            )
            """,
            sql,
            StringComparison.Ordinal);
        Assert.DoesNotContain("union", SqlSpecification.Select(Where.With(q => q.OrderByDescending(p => p.Active)), Sample.Map).Sql, StringComparison.Ordinal);

        // What is compared is the column as its indexes have it.
        Assert.Contains("where p.status = @p1\n", SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Status).Take(5)), Sample.Map).Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_what_is_closed_over_however_it_is_reached()
    {
        int? age = 5;
        var row = Sample.Rows[0];
        Assert.Equal(5, SqlSpecification.Select(Where.With(q => q.Where(p => p.Age == age.Value)), Sample.Map).Parameters.Get<int>("p0"));
        Assert.Equal(row.Name, SqlSpecification.Select(Where.With(q => q.Where(p => p.Name == row.Name)), Sample.Map).Parameters.Get<string>("p0"));
        Assert.Equal(row.Name.Length, SqlSpecification.Select(Where.With(q => q.Where(p => p.Age == row.Name.Length)), Sample.Map).Parameters.Get<int>("p0"));
        Assert.Throws<NullReferenceException>(() => SqlSpecification.Select(Where.With(q => q.Where(p => p.Name == Nobody!.Name)), Sample.Map));
    }

    private static Person? Nobody => null;

    [Fact]
    public void Uses_the_negation_that_a_column_has()
    {
        var map = new TableMap<Person>("people p", p => p.Id, columns => columns.Read(p => p.Id, "p.id").FilterBy(p => p.Active, "p.active", "p.idle")) { EnumeratedColumns = Sample.Map.EnumeratedColumns };
        Assert.EndsWith("where p.idle\norder by p.id", SqlSpecification.Select(Where.With(q => q.Where(p => !p.Active)), map).Sql, StringComparison.Ordinal);
        Assert.EndsWith("where p.active\norder by p.id", SqlSpecification.Select(Where.With(q => q.Where(p => p.Active)), map).Sql, StringComparison.Ordinal);
        Assert.Contains("where p.idle\norder by", SqlSpecification.Select(Where.With(q => q.OrderBy(p => p.Active).Take(5)), map).Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_a_statement_of_one_shape_once()
    {
        var texts = new[] { "a", "b" }.Select(name => SqlSpecification.Select(Where.With(q => q.Where(p => p.Name == name).OrderBy(p => p.Name).Take(5)), Sample.Map)).ToList();
        Assert.Same(texts[0].Sql, texts[1].Sql);
        Assert.Equal("b", texts[1].Parameters.Get<string>("p0"));
        Assert.NotEqual(texts[0].Sql, SqlSpecification.Select(Where.With(q => q.Where(p => p.Name == "a").OrderBy(p => p.Name).Take(5).TagWith("other")), Sample.Map).Sql);
    }

    [Fact]
    public void Refuses_what_it_does_not_know()
    {
        var ignoring = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "A" };
        Expression<Func<Person, bool>>[] unknown =
        [
            p => p.Unmapped == "x",
            p => p.Name == p.Email,
            p => p.Name.Length > 3,
            p => p.Name.Trim() == "x",
            p => p.Name.Contains("xy", StringComparison.CurrentCulture),
            p => string.Compare(p.Name, "x", StringComparison.OrdinalIgnoreCase) > 0,
            p => string.CompareOrdinal(p.Name, "x") > 0,
            p => p.Name.StartsWith("xy", StringComparison.Ordinal),
            p => p.Name.EndsWith("xy", StringComparison.Ordinal),
            p => p.Status > Mood.Active,
            p => (p.Email ?? "") == "x",
            p => ignoring.Contains(p.Name),
            p => p.Roles.Length == 0,
            p => p.CreatedAt.Year == 2026,
            p => "abc".Contains(p.Name),
            p => p.Age + 1 == 3,
        ];
        foreach (var predicate in unknown)
        {
            var error = Assert.Throws<NotSupportedException>(() => SqlSpecification.Select(new Where(predicate).Filtered(), Sample.Map));
            Assert.NotEmpty(error.Message);
        }
    }

    [Fact]
    public void A_map_refuses_names_that_are_no_properties()
    {
        Assert.Throws<ArgumentException>(() => new TableMap<Person>("p", p => p.Id, columns => columns.Read(p => p.Id, "n").Read(p => p.Name.Length, "n")));
        Assert.Throws<ArgumentException>(() => new TableMap<Person>("p", p => p.Id, columns => columns.Read(p => p.Name, "n")));
        Assert.Throws<NotSupportedException>(() => Sample.Map.Column("Unmapped"));
    }

    [Fact]
    public void A_builder_refuses_contradictions()
    {
        Assert.Throws<DuplicateTakeException>(() => Where.With(q => q.Take(1).Take(2)));
        Assert.True(Where.With(q => q.Skip(3, condition: false).Take(3, condition: false)) is { Skip: -1, Take: -1 });
    }
}
