using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiUsage;

internal sealed class OwnedWorkspaces(Db<EntitlementsModule> db) : IOwnedWorkspaces
{
    public Task<bool> AnyOfAsync(Guid ownerId, CancellationToken cancellationToken) =>
        db.ScalarAsync<bool>(Any, new { owner_id = ownerId }, cancellationToken);

    public Task<int> DeleteOfAsync(Guid ownerId, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Delete, new { owner_id = ownerId }, cancellationToken);

    private const string Any = "select exists (select 1 from entitlements.workspaces where owner_id = @owner_id and not deleted)";

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
