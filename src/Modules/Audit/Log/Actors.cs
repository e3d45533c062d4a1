namespace Monolith.Audit.Log;

/// <summary>Who has a name now, or had it until the account was deleted. A test of the search replaces it.</summary>
internal interface IActors
{
    /// <summary>By username in lower case.</summary>
    Task<IReadOnlyList<Guid>> NamedAsync(string username, CancellationToken cancellationToken);

    /// <summary>By e-mail address in lower case.</summary>
    Task<IReadOnlyList<Guid>> WithEmailAsync(string email, CancellationToken cancellationToken);
}

internal sealed class Actors(Db<AuditModule> db) : IActors
{
    public Task<IReadOnlyList<Guid>> NamedAsync(string username, CancellationToken cancellationToken) => FindAsync(SqlNamed, username, cancellationToken);

    public Task<IReadOnlyList<Guid>> WithEmailAsync(string email, CancellationToken cancellationToken) => FindAsync(SqlWithEmail, email, cancellationToken);

    private async Task<IReadOnlyList<Guid>> FindAsync(string sql, string wanted, CancellationToken cancellationToken) =>
        wanted.Contains('\0', StringComparison.Ordinal) ? [] : await db.QueryAsync<Guid>(sql, new { wanted }, cancellationToken);

    private const string SqlNamed =
        """
        select id
        from contracts.users
        where username_folded = @wanted
        """;

    private const string SqlWithEmail =
        """
        select id
        from contracts.users
        where email_folded = @wanted
          and email_folded <> ''
        """;
}
