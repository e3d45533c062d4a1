using Dapper;
using Monolith.Data.Connections;
using Monolith.Data.Paging;

namespace Monolith.Data.Specifications;

/// <summary>Reads pages of a list that has a <see cref="CountSource"/>.</summary>
/// <remarks>
/// A page tells at which version of the rows it was read, in the same statement. A count of that version belongs to this page; and the count of the page behind it is then known, too: what is left.
/// So a walk counts nothing, and a list that is looked at twice is counted once.
/// In the same way a list of many in display order remembers where its first row stands: whoever looks at it again does not pass over those before it.
/// </remarks>
internal sealed class PageCounter<T>(Db db, TableMap<T> map, CountSource source, CountCache counts)
{
    /// <param name="specification">The page.</param>
    /// <param name="statements">With <see cref="CountSource.Facts"/>.</param>
    /// <param name="cancellationToken">The request.</param>
    public async Task<Page<T>> PageAsync(ISpecification<T> specification, ListStatements<T> statements, CancellationToken cancellationToken)
    {
        var conditions = CountCache.Conditions(statements.Counted);
        var list = CountCache.Behind(conditions, specification.Cursor()?.Value);
        var known = specification.MaintainedCount() is null ? counts.Latest(list) ?? await MakeAsync() : default;
        var planning = PlanningOf(specification, known);
        var walks = planning == Planning.Walk && BeginsAtTheStart(specification);
        var (sql, parameters) = walks
            ? SqlSpecification.Page(specification, map, source.Facts(specification.MaintainedCount()), new WalkStart(source.Version, known.First)).Select()
            : (statements.Rows, statements.Parameters);
        var (rows, version, kept, first) = await ReadAsync(sql, parameters, planning, walks, cancellationToken);
        var isOneMoment = true;
        if ((kept ?? (version is { } at ? counts.Find(list, at) : null)) is { } ofThisMoment)
            known = ofThisMoment;
        else if (rows.Count > 0 || specification.CountsEverything())
            (known, isOneMoment) = (await MakeAsync(), false);
        if (first is { } key && isOneMoment && known.First is null)
            counts.Keep(list, version!.Value, known with { First = (key, version.Value) });

        var page = SqlReadStore<T>.PageOf(specification, rows, known.Count);
        if (isOneMoment && version is { } seen && page.Next?.AfterId is { } last)
            counts.Keep(CountCache.Behind(conditions, last), seen, known.Less(Math.Max(specification.Skip, 0) + page.Rows.Count));
        return page with { IsEstimate = known.IsEstimate && page.Rows.Count > 0 };

        async Task<Counted> MakeAsync()
        {
            var (made, counted) = await CountAsync(specification, statements.Parameters, cancellationToken);
            counts.Keep(list, counted, made);
            return made;
        }
    }

    // How many there were decides about the way only: it may be out of date.
    private Planning PlanningOf(ISpecification<T> specification, Counted known) =>
        known.AreMany && specification.WalksWhenMany() && !specification.KeepsPlan() ? Planning.Walk : map.PlanningOf(specification);

    private static bool BeginsAtTheStart(ISpecification<T> specification) =>
        specification.Skip <= 0 && specification.Cursor()?.Value is null && specification.OrderExpressions.FirstOrDefault() is { } order && !order.IsDescending();

    // An empty page tells nothing beside.
    private Task<Found> ReadAsync(string sql, DynamicParameters parameters, Planning planning, bool walks, CancellationToken cancellationToken) =>
        db.ReadRowsAsync<Found>(
            sql,
            parameters,
            planning,
            async reader =>
            {
                if (!await reader.ReadAsync(cancellationToken))
                    return new Found([], null, null, null);
                var (version, kept) = (reader.GetInt64(map.Selected), reader.IsDBNull(map.Selected + 1) ? (long?)null : reader.GetInt64(map.Selected + 1));
                var first = walks ? reader.GetString(map.Selected + 2) : null;
                var read = map.RowsOf(reader);
                List<T> rows = [];
                do
                    rows.Add(read(reader));
                while (await reader.ReadAsync(cancellationToken));
                return new Found(rows, version, kept is { } count ? new Counted(count, false, false) : null, first);
            },
            cancellationToken);

    /// <summary>The page of a list whose counts nobody may remember, with its count.</summary>
    public async Task<Page<T>> CountAnewAsync(ISpecification<T> specification, ListStatements<T> statements, CancellationToken cancellationToken)
    {
        if (specification.MaintainedCount() is not null)
        {
            var (rows, kept) = await db.QueryWithScalarAsync<T, long>($"{statements.Rows};\n{statements.Count!()}", statements.Parameters, cancellationToken);
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
            return new Counted(capped.Rows, false, CountSource.AreMany(capped.Rows, capped.Total, specification.FindsKeysFirst()));
        var percent = CountSource.Percent(capped.Total);
        var sampled = await db.QueryFreshlyPlannedAsync<long>(source.Sampled(SqlSpecification.Count(specification, map).Sql, percent), parameters, cancellationToken);
        return new Counted(Math.Max((long)(sampled[0] * 100 / percent), capped.Rows), percent < 100, CountSource.AreMany(capped.Rows, capped.Total, specification.FindsKeysFirst()));
    }

    /// <param name="Rows">Of the page, and one more where there is one.</param>
    /// <param name="Version">Of the rows.</param>
    /// <param name="Kept">How many there are, where somebody keeps the number.</param>
    /// <param name="First">The sort key of the first row of a walk.</param>
    private readonly record struct Found(IReadOnlyList<T> Rows, long? Version, Counted? Kept, string? First);
}
