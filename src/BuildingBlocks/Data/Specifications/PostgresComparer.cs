using System.Collections;

namespace Monolith.Data.Specifications;

/// <summary>Sorts values in memory as PostgreSQL does: text by code unit (<c>collate "C"</c>), enums by their stored text, null last.</summary>
internal sealed class PostgresComparer : IComparer<object?>
{
    public static PostgresComparer Instance { get; } = new();

    public int Compare(object? x, object? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string left, string right) => string.CompareOrdinal(left, right),
        (Enum left, Enum right) => string.CompareOrdinal(SqlValues.TextOf(left), SqlValues.TextOf(right)),
        _ => Comparer.DefaultInvariant.Compare(x, y),
    };
}
