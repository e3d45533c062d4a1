using System.Collections.Frozen;

namespace Monolith.Roles.Authorizer;

/// <summary>The two ends of a list filter.</summary>
internal static class RowFilters
{
    private static readonly FrozenSet<Guid> None = FrozenSet<Guid>.Empty;

    public static VisibleRows Nothing { get; } = new(false, None, false, None);

    public static VisibleRows Everything { get; } = Nothing with { Everything = true };
}
