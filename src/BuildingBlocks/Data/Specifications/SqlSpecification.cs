using System.Collections.Concurrent;
using Dapper;

namespace Monolith.Data.Specifications;

/// <summary>Writes a specification as one PostgreSQL statement with parameters. Values never stand in the text.</summary>
/// <remarks>
/// A predicate may: compare a mapped property with a closed-over value; use <c>&amp;&amp;</c>, <c>||</c>, <c>!</c>, a bool property, null tests and
/// <c>HasValue</c>; ask <c>collection.Contains(property)</c>, <c>list.Contains(value)</c> and <c>list.Any(x =&gt; collection.Contains(x))</c> for a list property;
/// ask <c>Contains</c> of text, ordinal or ordinal ignoring case. Anything else, and every clause that <see cref="Clauses"/> names, throws
/// <see cref="NotSupportedException"/> that says what.
/// </remarks>
public static class SqlSpecification
{
    /// <summary>The rows. The order always ends with the key, so that pages are stable.</summary>
    public static (string Sql, DynamicParameters Parameters) Select<T>(ISpecification<T> specification, TableMap<T> map) =>
        new SelectWriter<T>(specification, map).Select();

    /// <summary>As <see cref="Select"/>, and one row more, which tells whether there are more; with <paramref name="facts"/> as further columns of each row.</summary>
    internal static SelectWriter<T> Page<T>(ISpecification<T> specification, TableMap<T> map, string? facts = null, WalkStart? walk = null) =>
        new(specification, map, ahead: 1, facts: facts, walk: walk);

    /// <summary>As <see cref="Select"/>, the first rows of a whole list, with every sort key that <see cref="Parts"/> goes on from.</summary>
    internal static (string Sql, DynamicParameters Parameters) FirstBatch<T>(ISpecification<T> specification, TableMap<T> map, int batch) =>
        new SelectWriter<T>(specification, map, batch).Select();

    /// <summary>One row when there is one behind the last one wanted; null when every row is wanted.</summary>
    internal static (string Sql, DynamicParameters Parameters)? Beyond<T>(ISpecification<T> specification, TableMap<T> map) =>
        specification.Take >= 0 && Math.Max(specification.Skip, 0) <= int.MaxValue - specification.Take
            ? new SelectWriter<T>(specification, map, batch: 1, skip: Math.Max(specification.Skip, 0) + specification.Take).Select()
            : null;

    /// <summary>The statements for the rest of a whole list.</summary>
    internal static IReadOnlyList<BatchPart<T>> Parts<T>(ISpecification<T> specification, TableMap<T> map, int batch) =>
        new SelectWriter<T>(specification, map).Parts(batch);

    /// <summary>The number of rows that meet the conditions; order and page play no part.</summary>
    public static (string Sql, DynamicParameters Parameters) Count<T>(ISpecification<T> specification, TableMap<T> map) =>
        new SelectWriter<T>(specification, map).Count();

    /// <summary>As <see cref="Count{T}(ISpecification{T}, TableMap{T})"/>, at most <paramref name="atMost"/>.</summary>
    internal static (string Sql, DynamicParameters Parameters) Count<T>(ISpecification<T> specification, TableMap<T> map, int atMost) =>
        new SelectWriter<T>(specification, map).Count(atMost);
}

/// <summary>Refuses what a specification of the package can say and a statement of ours cannot: silence would be another answer than the one that was asked for.</summary>
internal static class Clauses
{
    private static readonly ConcurrentDictionary<Type, bool> Projections = new();

    private static readonly HashSet<string> KnownItems =
    [
        KeysetCursor<object>.Item,
        SpecificationBuilderExtensions.MaintainedItem,
        SpecificationBuilderExtensions.EverythingItem,
        SpecificationBuilderExtensions.UncountedItem,
        SpecificationBuilderExtensions.AtMostItem,
        SpecificationBuilderExtensions.PlanItem,
        SpecificationBuilderExtensions.KeysItem,
        SpecificationBuilderExtensions.WalkItem,
        SpecificationBuilderExtensions.RememberItem,
        SpecificationBuilderExtensions.PlaceItem,
        RowSetBuilderExtensions.Item,
    ];

    /// <exception cref="NotSupportedException">The specification has a clause without a meaning here; the message names both.</exception>
    public static void Check<T>(ISpecification<T> specification)
    {
        if (Unknown(specification) is { } clause)
            throw new NotSupportedException($"{specification.GetType().Name} cannot be written as SQL: {clause}");
    }

    /// <summary>Words for a comment in the statement. Nothing in them can end the comment or begin another one.</summary>
    public static string Comment<T>(ISpecification<T> specification) => string.Concat(specification.QueryTags.Select(tag => $"/* {tag} */\n"));

    private static string? Unknown<T>(ISpecification<T> specification) => specification switch
    {
        { Take: < -1 } or { Skip: < -1 } => "Take and Skip must not be negative.",
        _ when specification.IncludeExpressions.Any() || specification.IncludeStrings.Any() => "Include has no meaning; map the columns of the join.",
        _ when specification.SearchCriterias.Any() => "Search takes wildcards; use Where and Contains, which is literal.",
        _ when IsProjection(specification) => "Select and SelectMany have no meaning; map a row of the wanted columns.",
        { PostProcessingAction: not null } => "PostProcessingAction has no meaning; do it in the handler.",
        { CacheEnabled: true } => "EnableCache and WithCacheKey have no meaning.",
        { AsTracking: true } or { AsNoTracking: true } or { AsNoTrackingWithIdentityResolution: true } => "Tracking has no meaning.",
        { AsSplitQuery: true } or { IgnoreQueryFilters: true } or { IgnoreAutoIncludes: true } => "AsSplitQuery, IgnoreQueryFilters and IgnoreAutoIncludes have no meaning.",
        _ when specification.QueryTags.Any(tag => !IsSafe(tag)) => "TagWith must not hold a comment sign or a control character.",
        _ when specification.OrderExpressions.Skip(1).Any(order => order.OrderType is OrderTypeEnum.OrderBy or OrderTypeEnum.OrderByDescending) => "An order is begun once; go on with ThenBy.",
        _ when specification.Items.ContainsKey(KeysetCursor<T>.Item) && !specification.OrderExpressions.Any() => "After needs an order.",
        _ when specification.Items.Keys.FirstOrDefault(item => !KnownItems.Contains(item)) is { } item => $"The item {item} is not known.",
        _ => null,
    };

    private static bool IsProjection<T>(ISpecification<T> specification) =>
        Projections.GetOrAdd(specification.GetType(), static kind => kind.GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ISpecification<,>)));

    private static bool IsSafe(string tag) =>
        !tag.Any(char.IsControl) && !SqlValues.IsUnstorable(tag) && !tag.Contains("*/", StringComparison.Ordinal) && !tag.Contains("/*", StringComparison.Ordinal)
        && !tag.EndsWith('*') && !tag.StartsWith('/');
}
