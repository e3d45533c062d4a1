using Monolith.Data.Specifications;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>A specification of the package can say more than a statement of ours. Both stores refuse it, in the same words, before they read anything.</summary>
public sealed class RefusalTests
{
    private static readonly SqlReadStore<Person> Sql = new(null!, Sample.Map);
    private static readonly InMemoryReadStore<Person> Memory = new(Sample.Map, Sample.Rows);

    private static Dictionary<string, Action<ISpecificationBuilder<Person>>> Clauses { get; } = new()
    {
        ["Include"] = q => q.Include(p => p.Name),
        ["Include, by name"] = q => q.Include(nameof(Person.Name)),
        ["Search"] = q => q.Search(p => p.Name, "%x%"),
        ["PostProcessingAction"] = q => q.PostProcessingAction(rows => rows.Take(1)),
        ["WithCacheKey"] = q => q.WithCacheKey("people"),
        ["EnableCache"] = q => q.EnableCache("people", 1),
        ["Tracking"] = q => q.AsTracking(),
        ["Tracking, none"] = q => q.AsNoTracking(),
        ["Tracking, identity"] = q => q.AsNoTrackingWithIdentityResolution(),
        ["AsSplitQuery"] = q => q.AsSplitQuery(),
        ["IgnoreQueryFilters"] = q => q.IgnoreQueryFilters(),
        ["IgnoreAutoIncludes"] = q => q.IgnoreAutoIncludes(),
        ["TagWith, end of a comment"] = q => q.TagWith("x */ drop table people; /*"),
        ["TagWith, half of an end"] = q => q.TagWith("*"),
        ["TagWith, another line"] = q => q.TagWith("x\ny"),
        ["negative"] = q => q.Skip(-2),
        ["negative, take"] = q => q.Take(-7),
        ["begun once"] = q => { q.OrderBy(p => p.Name); q.OrderBy(p => p.Id); },
        ["The item ttl"] = q => q.Specification.Items["ttl"] = 5,
        ["Unmapped is not mapped"] = q => q.Where(p => p.Unmapped == "x"),
        ["Unmapped is not mapped, order"] = q => q.OrderBy(p => p.Unmapped),
        ["Not a mapped property"] = q => q.Where(p => p.Name.Length > 3),
        ["cannot begin after a row"] = q => q.OrderBy(p => p.Age).After(p => p.Id, Guid.Empty),
    };

    public static TheoryData<string> Names => [.. Clauses.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Both_stores_refuse_at_once_in_the_same_words(string name)
    {
        var specification = Where.With(Clauses[name]);
        var sql = Assert.Throws<NotSupportedException>(() => { Sql.Stream(specification); });
        var memory = Assert.Throws<NotSupportedException>(() => { Memory.Stream(specification); });
        Assert.Contains(name.Split(',')[0], sql.Message, StringComparison.Ordinal);
        Assert.Equal(sql.Message, memory.Message);
    }

    [Fact]
    public async Task A_cursor_on_a_map_without_one_is_refused_in_memory_too()
    {
        var after = Where.With(q => q.OrderBy(p => p.Name).After(p => p.Id, Guid.Empty).Take(1));
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => new InMemoryReadStore<Person>(Sample.NarrowMap, []).PageAsync(after, CancellationToken.None));
        Assert.Equal("Person has no cursor.", refusal.Message);
    }

    [Fact]
    public void A_projection_is_refused() =>
        Assert.Contains("Select and SelectMany", Assert.Throws<NotSupportedException>(() => { Memory.Stream(new NamesOfPeople()); }).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_page_without_a_limit_is_refused()
    {
        var everything = Where.With(q => q.OrderBy(p => p.Name));
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => Memory.PageAsync(everything, CancellationToken.None));
        Assert.Equal("Where is no page: Take is missing.", refusal.Message);
        await Assert.ThrowsAsync<NotSupportedException>(() => Sql.PageAsync(everything, CancellationToken.None));
    }

    [Fact]
    public void A_stream_in_an_order_that_may_be_null_is_refused()
    {
        var nullable = Where.With(q => q.OrderBy(p => p.SeenAt));
        Assert.Equal(
            Assert.Throws<NotSupportedException>(() => { Sql.Stream(nullable); }).Message,
            Assert.Throws<NotSupportedException>(() => { Memory.Stream(nullable); }).Message);
    }

    [Fact]
    public async Task A_single_row_is_refused_alike()
    {
        var both = new Two();
        var sql = await Assert.ThrowsAsync<NotSupportedException>(() => Sql.SingleOrDefaultAsync(both, CancellationToken.None));
        var memory = await Assert.ThrowsAsync<NotSupportedException>(() => Memory.SingleOrDefaultAsync(both, CancellationToken.None));
        Assert.Equal(sql.Message, memory.Message);
    }

    [Fact]
    public void A_cursor_needs_an_order()
    {
        var builder = Substitute.For<IOrderedSpecificationBuilder<Person>>();
        var specification = new Where();
        builder.Specification.Returns(specification);
        builder.After(p => p.Id, Guid.Empty);
        Assert.Contains("After needs an order", Assert.Throws<NotSupportedException>(() => { Memory.Stream(specification); }).Message, StringComparison.Ordinal);
    }

    private sealed class NamesOfPeople : Specification<Person, string>
    {
        public NamesOfPeople() => Query.Select(p => p.Name);
    }

    private sealed class Two : SingleResultSpecification<Person>
    {
        public Two() => Query.Where(p => p.Name.Length == 2);
    }
}
