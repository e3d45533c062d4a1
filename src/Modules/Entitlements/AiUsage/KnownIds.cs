using Monolith.BuildingBlocks.Data;

namespace Monolith.Entitlements.AiUsage;

/// <summary>Which of the ids that a report names exist and are not deleted.</summary>
internal static class KnownIds
{
    public static async Task<HashSet<Guid>> UsersAsync(Db db, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        [.. await db.QueryAsync<Guid>(Users, new { ids = ids.Distinct().ToArray() }, cancellationToken)];

    public static async Task<HashSet<Guid>> OrganizationsAsync(Db db, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        [.. await db.QueryAsync<Guid>(Organizations, new { ids = ids.Distinct().ToArray() }, cancellationToken)];

    private const string Users =
        """
        select id
        from contracts.users
        where id = any(@ids)
            and not deleted
        """;

    private const string Organizations =
        """
        select id
        from contracts.organizations
        where id = any(@ids)
            and not deleted
        """;
}
