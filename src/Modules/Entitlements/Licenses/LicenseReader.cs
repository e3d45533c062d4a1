using Dapper;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Licenses;

/// <summary>Reads the licenses whose grace is not over, in the order of their ids, and checks their signatures.</summary>
internal sealed class LicenseReader(IServiceScopeFactory scopes, KeyRing keys) : ILicenseReader
{
    public async Task<IReadOnlyList<StoredLicense>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db<EntitlementsModule>>();
        var rows = await db.QueryAsync<LicenseText>(Select, new { now }, cancellationToken);
        return rows.AsList().ConvertAll(row => new StoredLicense(row.Uuid, LicenseToken.Verify(row.Jwt, keys)));
    }

    private sealed record LicenseText(Guid Uuid, string Jwt);

    private const string Select =
        """
        select uuid, jwt
        from entitlements.licenses
        where exp > @now
        order by id
        """;
}

/// <summary>A stored license after its signature check.</summary>
internal sealed record StoredLicense(Guid Uuid, LicenseToken Token);

/// <summary>The test seam of the snapshot.</summary>
internal interface ILicenseReader
{
    Task<IReadOnlyList<StoredLicense>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
