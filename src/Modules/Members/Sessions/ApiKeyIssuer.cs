using Monolith.Roles.Contracts;

namespace Monolith.Members.Sessions;

/// <summary>Makes a key on request of a caller, who cannot give more than the own key may do.</summary>
internal sealed class ApiKeyIssuer(IApiKeyStore keys, IKeyScopes scopes, ICaller caller, AuditTrail audit)
{
    private static readonly Error TooWide = Error.Forbidden with { Detail = "A key cannot make another one that may do more than itself." };

    public async Task<Result<GeneratedKey>> MakeAsync(UserInfo owner, NewApiKey key, CancellationToken cancellationToken)
    {
        audit.Record(new AuditEntry(
            AuditAction.Create,
            "api_key",
            owner.Id,
            ApiKey.AuditName(key.TokenName, owner.Username),
            After: new { key.LoginType, key.TokenName, key.Scopes, key.AllowList, LifetimeSeconds = (long)key.Lifetime.TotalSeconds },
            SuccessStatus: 201));
        if (!scopes.IsWithin(caller.Subject, key.Scopes, key.AllowList))
            return TooWide;
        var made = await keys.CreateAsync(key, cancellationToken);
        return made.IsSuccess ? new GeneratedKey(made.Value) : made.Error;
    }
}
