using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Specifications;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>A specification means the same in PostgreSQL and in memory.</summary>
public sealed class SqlEqualsMemoryTests(ThrowawayPostgres postgres) : IClassFixture<ThrowawayPostgres>, IAsyncDisposable
{
    private readonly Db _db = new(postgres.Source);
    private readonly InMemoryReadStore<Person> _memory = new(Sample.Rows);

    private SqlReadStore<Person> Sql => new(_db, Sample.Map);

    public static TheoryData<string> Hostile => [.. Sample.Hostile];

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Theory]
    [MemberData(nameof(Predicates.Names), MemberType = typeof(Predicates))]
    public Task Every_predicate_shape(string name) => Same(new Where(Predicates.All[name]).Filtered());

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_text(string text)
    {
        await Same(new Where(p => p.Name == text).Filtered());
        await Same(new Where(p => p.Name != text).Filtered());
        await Same(new Where(p => p.Name.Contains(text)).Filtered());
        await Same(new Where(p => p.Name.StartsWith(text, StringComparison.Ordinal)).Filtered());
        await Same(new Where(p => p.Name.EndsWith(text, StringComparison.OrdinalIgnoreCase)).Filtered());
        await Same(new Where(p => !p.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Filtered());
        await Same(Where.With(q => q.Search(p => p.Name, text).Search(p => p.Email, text)));
        await Same(Where.With(q => q.Search(p => p.Name, text, group: 1).Search(p => p.Email, text, group: 2)));
    }

    [Fact]
    public async Task Orders_and_pages()
    {
        await Same(Where.With(q => q.OrderBy(p => p.Name).ThenBy(p => p.Id)), ordered: true);
        await Same(Where.With(q => q.OrderByDescending(p => p.Name)), ordered: true);
        await Same(Where.With(q => q.OrderBy(p => p.Age).ThenByDescending(p => p.CreatedAt)), ordered: true);
        await Same(Where.With(q => q.OrderByDescending(p => p.SeenAt).ThenBy(p => p.Id)), ordered: true);
        await Same(Where.With(q => q.OrderBy(p => p.Status).ThenBy(p => p.Active).ThenBy(p => p.Id)), ordered: true);
        await Same(Where.With(q => q.OrderBy(p => p.Name).Skip(5).Take(7)), ordered: true);
        await Same(Where.With(q => q.OrderBy(p => p.Id).Skip(30)), ordered: true);
        await Same(Where.With(q => q.OrderBy(p => p.Id).Take(0)), ordered: true);
    }

    [Fact]
    public async Task Deep_pages_through_the_narrow_source()
    {
        var page = Where.With(q => q.Where(p => p.Name.Contains('x')).OrderByDescending(p => p.Name).Skip(3).Take(4));
        var found = await new SqlReadStore<Person>(_db, Sample.NarrowMap).ListAsync(page, CancellationToken.None);
        Assert.Equal(page.Evaluate(Sample.Rows).Select(p => p.Email), found.Select(p => p.Email));
    }

    [Fact]
    public async Task Reads_every_property_back()
    {
        foreach (var row in Sample.Rows.Where(row => row.Status != Mood.NeedsRest))
        {
            var found = await Sql.SingleOrDefaultAsync(new ById(row.Id), CancellationToken.None);
            Assert.Equal(row with { Roles = [] }, found! with { Roles = [] });
            Assert.Equal(row.Roles, found.Roles);
        }
        Assert.Null(await Sql.SingleOrDefaultAsync(new ById(Guid.Empty), CancellationToken.None));
        Assert.Null(await _memory.SingleOrDefaultAsync(new ById(Guid.Empty), CancellationToken.None));
    }

    private async Task Same(Specification<Person> specification, bool ordered = false)
    {
        var expected = (await _memory.ListAsync(specification, CancellationToken.None)).Select(p => p.Id).ToList();
        var actual = (await Sql.ListAsync(specification, CancellationToken.None)).Select(p => p.Id).ToList();
        if (ordered)
            Assert.Equal(expected, actual);
        else
            Assert.Equal(expected.Order(), actual.Order());
        Assert.Equal(await _memory.CountAsync(specification, CancellationToken.None), await Sql.CountAsync(specification, CancellationToken.None));
        Assert.Equal(await _memory.AnyAsync(specification, CancellationToken.None), await Sql.AnyAsync(specification, CancellationToken.None));
    }
}
