using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Paging;
using Monolith.BuildingBlocks.Specifications;
using Monolith.Members.Data;
using Monolith.Members.Search;

namespace Monolith.Members.Memberships;

/// <summary>Reads a page of members and the number that match.</summary>
internal sealed class MemberPageReader(IReadStore<MemberRow> members, ICursors cursors)
{
    public async Task<PageOf<MemberRow>> ReadAsync(Guid organizationId, UserFilter filter, Page page, CancellationToken cancellationToken)
    {
        string? afterName = null;
        if (page.AfterId is { } after && (afterName = await cursors.SortNameAsync(after, cancellationToken)) is null)
            return new PageOf<MemberRow>([], 0);
        var isUnfiltered = filter.IsNone && afterName is null;
        var kept = isUnfiltered ? new KeptCount(MemberCount, new { organization_id = organizationId }) : null;
        return await members.PageAsync(new MemberPageSpecification(organizationId, filter, page, afterName), kept, cancellationToken);
    }

    private const string MemberCount =
        """
        select members
        from members.organization_counts
        where organization_id = @organization_id
        """;
}

/// <summary>Where a page after a user begins. A test seam.</summary>
internal interface ICursors
{
    /// <summary>The display-order key of a user who is not deleted; null when there is none.</summary>
    Task<string?> SortNameAsync(Guid userId, CancellationToken cancellationToken);
}

internal sealed class Cursors(Db db) : ICursors
{
    public Task<string?> SortNameAsync(Guid userId, CancellationToken cancellationToken) =>
        db.ScalarAsync<string>(Sql, new { user_id = userId }, cancellationToken);

    private const string Sql =
        """
        select username_folded
        from members.users
        where id = @user_id and not deleted
        """;
}
