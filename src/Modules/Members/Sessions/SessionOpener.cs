namespace Monolith.Members.Sessions;

/// <summary>Begins the session of an account whose password was compared.</summary>
internal sealed class SessionOpener(DormantUserActivation waker, IApiKeyStore keys, SessionSettings settings)
{
    /// <summary>Its token; null when somebody changed the password or the account meanwhile.</summary>
    public async Task<string?> OpenAsync(Credentials account, CancellationToken cancellationToken) =>
        await waker.WakeAsync(account.Id, account.PasswordHash, cancellationToken)
        && await keys.CreateAsync(NewApiKey.Session(account.Id, settings.Lifetime), cancellationToken) is { IsSuccess: true } session
            ? session.Value
            : null;
}
