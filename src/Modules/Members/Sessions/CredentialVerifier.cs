namespace Monolith.Members.Sessions;

/// <summary>Finds an account by e-mail and compares the password.</summary>
internal sealed class CredentialVerifier(ICredentialStore store, PasswordCheck passwords)
{
    /// <summary>Nobody but owners signs in with a password.</summary>
    public bool PasswordsAreOff => passwords.IsDisabled;

    public async Task<(Credentials? Account, bool Verified)> CheckAsync(string email, string password, CancellationToken cancellationToken)
    {
        var account = await store.FindAsync(email, cancellationToken);
        return (account, passwords.Verify(account?.PasswordHash, password));
    }
}
