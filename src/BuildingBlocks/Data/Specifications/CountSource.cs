using System.Collections.Concurrent;

namespace Monolith.Data.Specifications;

/// <summary>
/// How a list is counted whose number nobody keeps: exactly up to <see cref="Exact"/> rows, beyond that by a sample; and what was counted is right for as long as nothing changes.
/// </summary>
/// <param name="Version">A statement of one number that every change of the rows, or of what conditions ask about, raises in its own transaction.</param>
/// <param name="From">The table with its alias, as the map writes it: where it stands, a sample of it can stand.</param>
/// <param name="Table">The name of the table.</param>
public sealed record CountSource(string Version, string From, string Table)
{
    /// <summary>The largest number that is always exact.</summary>
    public const int Exact = 10_000;

    // A share of 2 % is then known to a tenth of it.
    private const int SampledRows = 4_000;
    private const int RowsOfAPage = 25;
    private const int ShortWalk = 3_000;

    // Each list has one or two ways to its number.
    private readonly ConcurrentDictionary<string, string> _facts = [];

    /// <summary>What a row of a page tells beside its own columns: the version, and the number that somebody keeps or null. One statement sees one moment, so both are of the rows.</summary>
    internal string Facts(MaintainedCount? kept) => _facts.GetOrAdd(
        kept?.Sql ?? "", sql => $",\n({Version}) as rows_version,\n{(sql.Length == 0 ? "null::bigint" : $"coalesce(({sql}), 0)")} as rows_kept");

    /// <summary>One row: <c>rows</c>, at most one more than <see cref="Exact"/>; <c>version</c>; and <c>total</c>, about how many rows the table has.</summary>
    internal string Capped(string count) =>
        $"select\n({count}) as rows,\n({Version}) as version,\n(select greatest(reltuples, 1)::bigint from pg_class where oid = '{Table}'::regclass) as total";

    /// <summary>
    /// Whether a walk in order finds a page sooner than all matches are gathered and sorted: it passes over as many rows as there are for each that matches.
    /// A short index is walked to its end sooner than a way is planned for the values.
    /// </summary>
    internal static bool AreMany(long rows, long total, bool byIndexAlone) => (double)rows * rows > (double)RowsOfAPage * total || (byIndexAlone && total <= ShortWalk);

    /// <summary>How many percent of a table of about <paramref name="total"/> rows are looked at.</summary>
    internal static double Percent(long total) => Math.Min(100, SampledRows * 100.0 / total);

    /// <summary>The statement that counts the rows of a sample.</summary>
    internal string Sampled(string count, double percent) =>
        count.Replace(From, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{From} tablesample system ({percent:0.######})"), StringComparison.Ordinal);
}

/// <summary>What <see cref="CountSource.Capped"/> answers.</summary>
internal sealed class CappedCount
{
    public long Rows { get; init; }

    public long Version { get; init; }

    public long Total { get; init; }
}
