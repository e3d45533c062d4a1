using Dapper;

namespace Monolith.Data.Specifications;

/// <summary>Every statement that a list can need, written before the first one runs.</summary>
/// <param name="Rows">The page, or the first batch.</param>
/// <param name="Count">How many rows meet the conditions.</param>
/// <param name="Parameters">Of both: they number the values of the conditions alike.</param>
/// <param name="Parts">The rest of a whole list.</param>
internal sealed record ListStatements<T>(string Rows, string Count, DynamicParameters Parameters, IReadOnlyList<BatchPart<T>> Parts)
{
    public static ListStatements<T> ForPage(ISpecification<T> specification, TableMap<T> map) => specification.Take >= 0
        ? Write(specification, SqlSpecification.Select(specification, map), map, [])
        : throw new NotSupportedException($"{specification.GetType().Name} is no page: Take is missing.");

    public static ListStatements<T> ForStream(ISpecification<T> specification, TableMap<T> map, int batch) =>
        Write(specification, SqlSpecification.FirstBatch(specification, map, batch), map, SqlSpecification.Parts(specification, map, batch));

    private static ListStatements<T> Write(ISpecification<T> specification, (string Sql, DynamicParameters Parameters) rows, TableMap<T> map, IReadOnlyList<BatchPart<T>> parts)
    {
        var maintained = specification.MaintainedCount();
        var count = maintained?.Sql ?? SqlSpecification.Count(specification, map).Sql;
        if (maintained is not null)
            rows.Parameters.AddDynamicParams(maintained.Parameters);
        return new(rows.Sql, count, rows.Parameters, parts);
    }
}
