using Monolith.BuildingBlocks.Data;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.Licenses;

/// <summary>Announces a change of licenses: other replicas hear it on commit, this process has it before it answers. Scoped.</summary>
internal sealed class LicenseChanges(Db<EntitlementsModule> db, EntitlementSnapshot snapshot)
{
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(Notify, new { channel = LicenseChangeFeed.Channel }, cancellationToken);
        db.OnCommitted(snapshot.RefreshAsync);
    }

    private const string Notify =
        """
        select pg_notify(@channel, '')
        """;
}
