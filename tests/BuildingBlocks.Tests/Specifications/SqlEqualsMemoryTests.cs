using Monolith.BuildingBlocks.Tests.Data;
using Monolith.Data.Connections;
using Monolith.Data.Paging;
using Monolith.Data.Specifications;
using Monolith.Kernel.Authorization;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>A specification means the same in PostgreSQL and in memory.</summary>
public sealed class SqlEqualsMemoryTests(ThrowawayPostgres postgres) : IClassFixture<ThrowawayPostgres>, IAsyncDisposable
{
    private readonly DbSession _session = postgres.Source.Session();
    private readonly InMemoryReadStore<Person> _memory = new(Sample.Map, Sample.Rows);

    private SqlReadStore<Person> Sql => new(_session.Db(), Sample.Map);

    public static TheoryData<string> Hostile => [.. Sample.Hostile];

    public ValueTask DisposeAsync() => _session.DisposeAsync();

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
        await Same(new Where(p => p.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Filtered());
        await Same(new Where(p => !p.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Filtered());
        await Same(new Where(p => p.Email != null && p.Email.Contains(text)).Filtered());
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

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(30)]
    [InlineData(99)]
    public async Task Rows_are_passed_over_from_a_place_near_the_page(int skip)
    {
        var ascending = new MaintainedPlace("select 3::bigint as rows_before, (select id from people order by id offset 3 limit 1) as sort_key", new { });
        var descending = new MaintainedPlace("select 3::bigint as rows_before, (select id from people order by id desc offset 2 limit 1) as sort_key", new { });
        await Same(Where.With(q => q.OrderBy(p => p.Id).Skip(skip).Take(7).SkipFrom(ascending)), ordered: true);
        await Same(Where.With(q => q.OrderByDescending(p => p.Id).Skip(skip).Take(7).SkipFrom(descending)), ordered: true);
        await Same(Where.With(q => q.OrderBy(p => p.Id).Skip(skip).Take(7).SkipFrom(null)), ordered: true);
    }

    [Fact]
    public async Task Pages_by_a_key_with_few_values()
    {
        await Same(Where.With(q => q.OrderBy(p => p.Status).ThenBy(p => p.Name).ThenBy(p => p.Id).Take(25)), ordered: true);
        await Same(Where.With(q => q.OrderByDescending(p => p.Status).ThenByDescending(p => p.Name).ThenBy(p => p.Id).Skip(3).Take(25)), ordered: true);
        await Same(Where.With(q => q.Where(p => p.Name.Contains('x')).OrderByDescending(p => p.Active).ThenBy(p => p.CreatedAt).Skip(2).Take(9)), ordered: true);
        await Same(Where.With(q => q.Where(p => p.Active).OrderBy(p => p.Active).ThenBy(p => p.Id).Take(99)), ordered: true);
        await Same(Where.With(q => q.OrderBy(p => p.Active).ThenBy(p => p.Id).Skip(90).Take(9)), ordered: true);
    }

    [Fact]
    public async Task Begins_after_a_row_whether_it_meets_the_conditions_or_not()
    {
        foreach (var at in new[] { Sample.Rows[0].Id, Sample.Rows[7].Id, Sample.Rows[20].Id, Guid.Empty })
        {
            await Same(Where.With(q => q.OrderBy(p => p.Name).After(p => p.Id, at)));
            await Same(Where.With(q => q.Where(p => !p.Active).OrderBy(p => p.Name).ThenBy(p => p.Id).After(p => p.Id, at).Take(5)), ordered: true);
            await Same(Where.With(q => q.OrderByDescending(p => p.CreatedAt).ThenBy(p => p.Id).After(p => p.Id, at).Skip(2).Take(5)), ordered: true);
            await Same(Where.With(q => q.OrderByDescending(p => p.Name).ThenBy(p => p.Id).After(p => p.Id, at)), ordered: true);
        }
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(7, -1)]
    [InlineData(-1, 3)]
    [InlineData(99, 3)]
    [InlineData(7, 3)]
    public async Task Lists_with_their_count(int skip, int take)
    {
        var list = Where.With(q => q.Where(p => p.Active).OrderBy(p => p.Name).ThenBy(p => p.Id).Skip(skip, skip >= 0).Take(take, take >= 0));
        var expected = await ListAsync(_memory);
        var actual = await ListAsync(Sql);
        Assert.Equal(expected.Rows.Select(p => p.Id), actual.Rows.Select(p => p.Id));
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Next, actual.Next);
        Assert.Equal(skip == 99 ? 0 : Sample.Rows.Count(p => p.Active), actual.Count);
        Assert.False(_session.InTransaction);

        async Task<Page<Person>> ListAsync(IReadStore<Person> store) => take < 0
            ? await store.Stream(list).ToPageAsync(CancellationToken.None)
            : await store.PageAsync(list, CancellationToken.None);
    }

    [Fact]
    public async Task Whole_lists_in_batches_hold_every_row_once_and_no_connection_in_between()
    {
        Where[] lists =
        [
            Where.With(q => q.OrderBy(p => p.Name)),
            Where.With(q => q.OrderByDescending(p => p.Name).ThenBy(p => p.Id)),
            Where.With(q => q.Where(p => p.Active).OrderByDescending(p => p.CreatedAt)),
            Where.With(q => q.OrderBy(p => p.Status).ThenBy(p => p.Name).ThenBy(p => p.Id)),
            Where.With(q => q.OrderByDescending(p => p.Active).ThenByDescending(p => p.Name)),
            Where.With(q => q.OrderByDescending(p => p.Status).ThenBy(p => p.Id).Skip(9)),
            Where.With(q => q.OrderBy(p => p.Name).ThenBy(p => p.Id).After(p => p.Id, Sample.Rows[7].Id)),
            Where.With(q => q.OrderBy(p => p.Name).ThenBy(p => p.Id).Skip(2).Take(20)),
            Where.With(q => q.OrderBy(p => p.Active).ThenBy(p => p.Id).Take(30)),
            Where.With(q => q.Where(p => p.Name == "nobody").OrderBy(p => p.Name)),
        ];
        foreach (var size in new[] { 1, 4, 19, 38, 100 })
        {
            foreach (var list in lists)
            {
                var rows = new List<Person>();
                long? count = 0;
                await foreach (var batch in new SqlReadStore<Person>(_session.Db(), Sample.Map, size).Stream(list).Batches)
                {
                    Assert.InRange(batch.Rows.Count, 1, list.Take is >= 0 && list.Take <= size ? list.Take : size);
                    Assert.False(_session.InTransaction);
                    rows.AddRange(batch.Rows);
                    count = batch.Count;
                }

                var expected = await _memory.Stream(list).ToPageAsync(CancellationToken.None);
                Assert.Equal(expected.Rows.Select(p => p.Id), rows.Select(p => p.Id));
                Assert.Equal(list.Cursor() is null ? expected.Count : rows.Count, count);
            }
        }
    }

    [Fact]
    public async Task Keeps_to_the_rows_that_the_reader_may_see()
    {
        foreach (var (rows, expected) in new[] { (RowVisibility.All, Sample.Rows.Count), (RowVisibility.Only(Sample.Rows[3].Id), 1), (RowVisibility.Only(Guid.Empty), 0), (RowVisibility.None, 0) })
        {
            var visible = Where.With(q => q.VisibleTo(rows, p => p.Id));
            await Same(visible);
            Assert.Equal(expected, MemoryEvaluator.Page(visible, Sample.Rows).Count());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public async Task A_count_of_everything_takes_no_notice_of_cursor_and_page(int skip)
    {
        var list = Where.With(q => q.Where(p => p.Active).OrderBy(p => p.Id).After(p => p.Id, Sample.Rows[7].Id).Skip(skip).Take(3).CountEverything());
        var expected = await _memory.PageAsync(list, CancellationToken.None);
        var actual = await Sql.PageAsync(list, CancellationToken.None);
        Assert.Equal(expected.Rows.Select(p => p.Id), actual.Rows.Select(p => p.Id));
        Assert.Equal(Sample.Rows.Count(p => p.Active), actual.Count);
        Assert.Equal(expected.Count, actual.Count);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(1000, null)]
    public async Task A_count_at_most_stops_there(int most, int? expected)
    {
        var list = Where.With(q => q.Where(p => p.Active).OrderBy(p => p.Id).Take(1).CountAtMost(most));
        var actual = await Sql.PageAsync(list, CancellationToken.None);
        Assert.Equal(expected ?? Sample.Rows.Count(p => p.Active), actual.Count);
        Assert.Equal((await _memory.PageAsync(list, CancellationToken.None)).Count, actual.Count);
    }

    [Theory]
    [InlineData(3, -1, true)]
    [InlineData(3, 5, true)]
    [InlineData(0, -1, true)]
    [InlineData(38, -1, false)]
    [InlineData(37, -1, true)]
    [InlineData(37, 1, false)]
    public async Task A_page_says_where_the_next_one_begins_and_counts_only_when_asked(int take, int skip, bool more)
    {
        Assert.Equal(38, Sample.Rows.Count);
        var list = Where.With(q => q.OrderBy(p => p.Name).ThenBy(p => p.Id).After(p => p.Id, null).Skip(skip, skip >= 0).Take(take).Counted(false));
        var memory = await _memory.PageAsync(list, CancellationToken.None);
        var sql = await Sql.PageAsync(list, CancellationToken.None);
        Assert.Equal((take == 38 ? 38 : take, null), (sql.Rows.Count, sql.Count));
        Assert.Equal((memory.Count, memory.Next), (sql.Count, sql.Next));
        Assert.Equal(more ? new NextPage(sql.Rows.Count > 0 ? sql.Rows[^1].Id : null) : null, sql.Next);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(38, false)]
    [InlineData(-1, false)]
    public async Task A_long_page_knows_whether_there_is_more_before_it_is_read(int take, bool more)
    {
        var list = Where.With(q => q.OrderBy(p => p.Status).ThenBy(p => p.Name).Take(take, take >= 0));
        foreach (var stream in new[] { new SqlReadStore<Person>(_session.Db(), Sample.Map, 4).Stream(list), _memory.Stream(list) })
            Assert.Equal(more, stream.HasMoreAsync is { } ask && await ask(CancellationToken.None));
    }

    [Fact]
    public async Task A_maintained_count_is_read_and_not_counted()
    {
        var list = Where.With(q => q.Where(p => p.Active).OrderBy(p => p.Id).Take(1).CountBy(new MaintainedCount("select @n::bigint", new { n = 77 })));
        Assert.Equal(77, (await Sql.PageAsync(list, CancellationToken.None)).Count);
    }

    [Fact]
    public void A_whole_list_in_an_order_that_may_be_null_is_refused_at_once() =>
        Assert.Throws<NotSupportedException>(() => new SqlReadStore<Person>(_session.Db(), Sample.Map, 5).Stream(Where.With(q => q.OrderBy(p => p.SeenAt))));

    [Fact]
    public async Task A_failed_look_up_leaves_its_transaction_usable()
    {
        await _session.BeginAsync(CancellationToken.None);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            _session.Db().WithSavepointAsync(() => _session.Db().ScalarAsync<int>("select 1 / 0", null, CancellationToken.None), CancellationToken.None));
        Assert.Equal(1, await _session.Db().ScalarAsync<int>("select 1", null, CancellationToken.None));
        await _session.RollbackAsync();
        Assert.False(_session.InTransaction);
    }

    [Fact]
    public async Task Deep_pages_through_the_narrow_source()
    {
        var page = Where.With(q => q.Where(p => p.Name.Contains('x')).OrderByDescending(p => p.Name).Skip(3).Take(4));
        var (sql, parameters) = SqlSpecification.Select(page, Sample.NarrowMap);
        var found = await _session.Db().QueryAsync<Person>(sql, parameters, CancellationToken.None);
        Assert.Equal(MemoryEvaluator.Page(page, Sample.Rows).Select(p => p.Email), found.Select(p => p.Email));
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
        var expected = MemoryEvaluator.Page(specification, Sample.Rows).Select(p => p.Id).ToList();
        var (select, values) = SqlSpecification.Select(specification, Sample.Map);
        var actual = (await _session.Db().QueryAsync<Person>(select, values, CancellationToken.None)).Select(p => p.Id).ToList();
        if (ordered)
            Assert.Equal(expected, actual);
        else
            Assert.Equal(expected.Order(), actual.Order());
        var (count, same) = SqlSpecification.Count(specification, Sample.Map);
        Assert.Equal(MemoryEvaluator.Matching(specification, Sample.Rows).LongCount(), await _session.Db().ScalarAsync<long>(count, same, CancellationToken.None));
    }
}
