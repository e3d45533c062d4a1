using Monolith.Members.Directory;

namespace Monolith.Members.Sessions;

/// <summary>Finds an account by e-mail and compares the password.</summary>
internal sealed class CredentialVerifier(Db<MembersModule> db, PasswordCheck passwords)
{
    /// <summary>Nobody but owners signs in with a password.</summary>
    public bool PasswordsAreOff => passwords.IsDisabled;

    public async Task<(Account? Account, bool Verified)> CheckAsync(string email, string password, CancellationToken cancellationToken)
    {
        var account = await db.SingleOrDefaultAsync<Account>(Find, new { email = EmailAddress.Fold(email), typed = email.ToLowerInvariant() }, cancellationToken);
        return (account, passwords.Verify(account?.PasswordHash, password));
    }

    internal sealed class Account
    {
        public required Guid Id { get; init; }

        public required string Username { get; init; }

        public required string PasswordHash { get; init; }

        public required string LoginType { get; init; }

        public required string Status { get; init; }

        public required string[] SiteRoles { get; init; }
    }

    // An address that was stored before addresses had one form is found as it is typed.
    private const string Find =
        """
        select id, username, password_hash, login_type, status, site_roles
        from members.users
        where email_folded in (@email, @typed) and email_folded <> '' and not deleted and not is_system
        order by email_folded = @email desc
        limit 1
        """;
}
