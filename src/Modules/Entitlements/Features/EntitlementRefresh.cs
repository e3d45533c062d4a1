using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.Features;

/// <summary>Has every replica read the licenses again: the others hear it on commit, this process has it before it answers. Scoped.</summary>
internal interface IEntitlementRefresh
{
    /// <summary>Takes effect when the transaction is committed.</summary>
    Task AnnounceAsync(CancellationToken cancellationToken);
}

internal sealed class EntitlementRefresh(Db<EntitlementsModule> db, EntitlementSnapshot snapshot) : IEntitlementRefresh
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

/// <summary>A license that is stored stays so, whatever becomes of the refresh: what this process misses it hears of as the other replicas do.</summary>
internal sealed class RefreshOnLicensesChanged(IEntitlementRefresh refresh) : IEventHandler<LicensesChanged>
{
    public Task Handle(LicensesChanged notification, CancellationToken cancellationToken) => refresh.AnnounceAsync(cancellationToken);
}
