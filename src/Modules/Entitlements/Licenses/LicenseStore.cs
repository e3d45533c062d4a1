namespace Monolith.Entitlements.Licenses;

/// <summary>The one way a license is stored and goes. In the transaction of the command.</summary>
internal interface ILicenseStore
{
    /// <summary>The id of this deployment.</summary>
    Task<Guid> DeploymentAsync(CancellationToken cancellationToken);

    /// <summary>True when there is a license. Nobody else stores one before the transaction ends.</summary>
    Task<bool> LockAndLookAsync(CancellationToken cancellationToken);

    /// <summary>Its number; null when the same license is stored already.</summary>
    Task<int?> InsertAsync(DateTimeOffset now, string jwt, DateTimeOffset? expires, Guid uuid, CancellationToken cancellationToken);

    /// <summary>The uuid of the license that is gone; null when there was none.</summary>
    Task<Guid?> DeleteAsync(int id, CancellationToken cancellationToken);
}

internal sealed class LicenseStore(Db<EntitlementsModule> db) : ILicenseStore
{
    public Task<Guid> DeploymentAsync(CancellationToken cancellationToken) => db.ScalarAsync<Guid>(Deployment, null, cancellationToken);

    public Task<bool> LockAndLookAsync(CancellationToken cancellationToken) => db.ScalarAsync<bool>(LockAndLook, null, cancellationToken);

    public Task<int?> InsertAsync(DateTimeOffset now, string jwt, DateTimeOffset? expires, Guid uuid, CancellationToken cancellationToken) =>
        db.ScalarAsync<int?>(Insert, new { now, jwt, exp = expires, uuid }, cancellationToken);

    public Task<Guid?> DeleteAsync(int id, CancellationToken cancellationToken) => db.ScalarAsync<Guid?>(Delete, new { id }, cancellationToken);

    private const string Deployment =
        """
        select id
        from entitlements.deployment
        """;

    private const string Insert =
        """
        insert into entitlements.licenses (uploaded_at, jwt, exp, uuid)
        values (@now, @jwt, @exp, @uuid)
        on conflict (sha256(jwt::bytea)) do nothing
        returning id
        """;

    // Replicas that start at once take turns: the second one sees the license of the first.
    private const string LockAndLook =
        """
        lock table entitlements.licenses in share row exclusive mode;
        select exists (
            select 1
            from entitlements.licenses
        )
        """;

    private const string Delete =
        """
        delete from entitlements.licenses
        where id = @id
        returning uuid
        """;
}
