using Monolith.Members.Directory;

namespace Monolith.Members.Sessions;

/// <summary>What a sign-in looks at.</summary>
internal sealed class Credentials
{
    public required Guid Id { get; init; }

    public required string Username { get; init; }

    public required string PasswordHash { get; init; }

    public required string LoginType { get; init; }

    public required string Status { get; init; }

    public required string[] SiteRoles { get; init; }
}

/// <summary>Finds whom an e-mail address signs in.</summary>
internal interface ICredentialStore
{
    /// <summary>Null when nobody has it.</summary>
    Task<Credentials?> FindAsync(string email, CancellationToken cancellationToken);
}

internal sealed class CredentialStore(Db<MembersModule> db) : ICredentialStore
{
    public Task<Credentials?> FindAsync(string email, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<Credentials>(Find, new { email = EmailAddress.Fold(email), typed = email.ToLowerInvariant() }, cancellationToken);

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
