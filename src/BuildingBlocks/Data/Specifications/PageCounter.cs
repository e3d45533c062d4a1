using Dapper;
using Monolith.Data.Connections;
using Monolith.Data.Paging;

namespace Monolith.Data.Specifications;

/// <summary>Reads pages of a list that has a <see cref="CountSource"/>.</summary>
/// <remarks>
/// The version of the rows is read before the page and after it, in the same round trip. When it is the same, a count of that version belongs to this page; and the count of the page behind it is then
/// known, too: what is left. So a walk counts nothing, and a list that is looked at twice is counted once.
/// </remarks>
internal sealed class PageCounter<T>(Db db, TableMap<T> map, CountSource source, CountCache counts)
{
    public async Task<Page<T>> PageAsync(ISpecification<T> specification, ListStatements<T> statements, CancellationToken cancellationToken)
    {
        // What a transaction sees of its own changes may never have been.
        if (!specification.RemembersCount() || db.InTransaction)
            return await CountAnewAsync(specification, statements, cancellationToken);
        var (conditions, values) = SqlSpecification.Counted(specification, map);
        var list = CountCache.List(conditions, values, specification.Cursor()?.Value);
        var known = specification.MaintainedCount() is null ? counts.Latest(list) ?? await MakeAsync() : default;
        var read = await ReadAsync(specification, statements, PlanningOf(specification, known), cancellationToken);
        var isOneMoment = read.Before == read.After;
        if ((read.Kept ?? counts.Find(list, read.After)) is { } ofThisMoment)
            known = ofThisMoment;
        else
            (known, isOneMoment) = (await MakeAsync(), false);

        var page = SqlReadStore<T>.PageOf(specification, read.Rows, known.Count);
        if (isOneMoment && page.Next?.AfterId is { } last)
            counts.Keep(CountCache.List(conditions, values, last), read.After, known.Less(Math.Max(specification.Skip, 0) + page.Rows.Count));
        return page with { IsEstimate = known.IsEstimate && page.Rows.Count > 0 };

        async Task<Counted> MakeAsync()
        {
            var (made, version) = await CountAsync(specification, statements.Parameters, cancellationToken);
            counts.Keep(list, version, made);
            return made;
        }
    }

    // How many there were decides about the way only: it may be out of date.
    private static Planning PlanningOf(ISpecification<T> specification, Counted known) =>
        specification.KeepsPlan() ? Planning.Kept
        : known.AreMany && specification.WalksWhenMany() ? Planning.Walk
        : Planning.Fresh;

    // The two versions are read like two looks at a clock.
    private Task<(IReadOnlyList<T> Rows, long Before, long After, Counted? Kept)> ReadAsync(
        ISpecification<T> specification, ListStatements<T> statements, Planning planning, CancellationToken cancellationToken)
    {
        var kept = specification.MaintainedCount() is { } maintained ? $"select coalesce(({maintained.Sql}), 0);\n" : null;
        return db.ReadSeveralAsync(
            $"{source.Version};\n{statements.Rows};\n{kept}{source.Version}",
            statements.Parameters,
            planning,
            async results =>
            {
                var before = await results.ReadSingleAsync<long>();
                var rows = (await results.ReadAsync<T>()).AsList();
                var counted = kept is null ? (Counted?)null : new Counted(await results.ReadSingleAsync<long>(), false, false);
                return ((IReadOnlyList<T>)rows, before, await results.ReadSingleAsync<long>(), counted);
            },
            cancellationToken);
    }

    private async Task<Page<T>> CountAnewAsync(ISpecification<T> specification, ListStatements<T> statements, CancellationToken cancellationToken)
    {
        if (specification.MaintainedCount() is not null)
        {
            var (rows, kept) = await db.QueryWithScalarAsync<T, long>($"{statements.Rows};\n{statements.Count}", statements.Parameters, cancellationToken);
            return SqlReadStore<T>.PageOf(specification, rows, kept);
        }

        var (found, capped) = await db.ReadSeveralAsync<(IReadOnlyList<T>, CappedCount)>(
            $"{statements.Rows};\n{Capped(specification)}",
            statements.Parameters,
            Planning.Fresh,
            async results => ((await results.ReadAsync<T>()).AsList(), await results.ReadSingleAsync<CappedCount>()),
            cancellationToken);
        var counted = found.Count == 0 ? default : await SampleAsync(specification, capped, statements.Parameters, cancellationToken);
        return SqlReadStore<T>.PageOf(specification, found, counted.Count) with { IsEstimate = counted.IsEstimate };
    }

    private async Task<(Counted Counted, long Version)> CountAsync(ISpecification<T> specification, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        var capped = (await db.QueryFreshlyPlannedAsync<CappedCount>(Capped(specification), parameters, cancellationToken))[0];
        return (await SampleAsync(specification, capped, parameters, cancellationToken), capped.Version);
    }

    private string Capped(ISpecification<T> specification) => source.Capped(SqlSpecification.Count(specification, map, CountSource.Exact + 1).Sql);

    private async Task<Counted> SampleAsync(ISpecification<T> specification, CappedCount capped, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        if (capped.Rows <= CountSource.Exact)
            return new Counted(capped.Rows, false, CountSource.AreMany(capped.Rows, capped.Total));
        var percent = CountSource.Percent(capped.Total);
        var sampled = await db.QueryFreshlyPlannedAsync<long>(source.Sampled(SqlSpecification.Count(specification, map).Sql, percent), parameters, cancellationToken);
        return new Counted(Math.Max((long)(sampled[0] * 100 / percent), capped.Rows), percent < 100, CountSource.AreMany(capped.Rows, capped.Total));
    }
}
