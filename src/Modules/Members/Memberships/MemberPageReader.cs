using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Paging;
using Monolith.BuildingBlocks.Specifications;
using Monolith.Members.Data;
using Monolith.Members.Search;

namespace Monolith.Members.Memberships;

/// <summary>Reads a page of members and the number that match.</summary>
internal sealed class MemberPageReader(IReadStore<MemberRow> members, IKeptCounts counts)
{
    public async Task<(IReadOnlyList<MemberRow> Rows, long Count)> ReadAsync(
        Guid organizationId, UserFilter filter, Page page, CancellationToken cancellationToken)
    {
        string? afterName = null;
        if (page.AfterId is { } after && (afterName = await counts.SortNameAsync(after, cancellationToken)) is null)
            return ([], 0);
        var specification = new MemberPageSpecification(organizationId, filter, page, afterName);
        var rows = await members.ListAsync(specification, cancellationToken);
        if (rows.Count == 0)
            return (rows, 0);

        // A page that holds everything has counted itself; an unfiltered count is kept by the database.
        var isWhole = page.Offset == 0 && (page.Limit == 0 || rows.Count < page.Limit);
        var count = isWhole ? rows.Count
            : filter == UserFilter.None && afterName is null ? await counts.MembersOfAsync(organizationId, cancellationToken)
            : await members.CountAsync(specification, cancellationToken);
        return (rows, count);
    }
}

/// <summary>Numbers and names that are one look-up away. A test seam.</summary>
internal interface IKeptCounts
{
    /// <summary>How many members an organization has, system users left out.</summary>
    Task<long> MembersOfAsync(Guid organizationId, CancellationToken cancellationToken);

    /// <summary>The display-order key of a user who is not deleted; null when there is none.</summary>
    Task<string?> SortNameAsync(Guid userId, CancellationToken cancellationToken);
}

internal sealed class KeptCounts(Db db) : IKeptCounts
{
    public Task<long> MembersOfAsync(Guid organizationId, CancellationToken cancellationToken) =>
        db.ScalarAsync<long>(Members, new { organization_id = organizationId }, cancellationToken);

    public Task<string?> SortNameAsync(Guid userId, CancellationToken cancellationToken) =>
        db.ScalarAsync<string>(SortName, new { user_id = userId }, cancellationToken);

    private const string Members =
        """
        select members
        from members.organization_counts
        where organization_id = @organization_id
        """;

    private const string SortName =
        """
        select username_folded
        from members.users
        where id = @user_id and not deleted
        """;
}
