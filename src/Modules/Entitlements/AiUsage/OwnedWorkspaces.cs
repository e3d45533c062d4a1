using Monolith.BuildingBlocks.Data;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiUsage;

internal sealed class OwnedWorkspaces(Db<EntitlementsModule> db) : IOwnedWorkspaces
{
    public Task<int> DeleteOfAsync(Guid ownerId, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Delete, new { owner_id = ownerId }, cancellationToken);

    // In the order of the reports, which lock workspaces too.
    private const string Delete =
        """
        with owned as (
            select id
            from entitlements.workspaces
            where owner_id = @owner_id and not deleted
            order by id
            for no key update
        )
        update entitlements.workspaces w
        set deleted = true
        from owned
        where w.id = owned.id
        """;
}
