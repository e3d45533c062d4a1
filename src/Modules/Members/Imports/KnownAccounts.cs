using Monolith.Members.Directory;
using Monolith.Members.Users;

namespace Monolith.Members.Imports;

/// <summary>An account that is there, or that a dry run would have made.</summary>
internal sealed record KnownAccount(Guid Id, string Username, string UsernameFolded, string EmailFolded, bool IsServiceAccount);

/// <summary>Accounts by what rows call them.</summary>
internal sealed class KnownAccounts
{
    private readonly Dictionary<string, KnownAccount> _byEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownAccount> _byName = new(StringComparer.Ordinal);

    public void Add(KnownAccount account)
    {
        if (account.EmailFolded.Length > 0)
            _byEmail[account.EmailFolded] = account;
        _byName[account.UsernameFolded] = account;
    }

    public void Add(NewUser user) => Add(new KnownAccount(user.Id, user.Username, user.Username.ToLowerInvariant(), EmailAddress.Fold(user.Email), user.IsServiceAccount));

    /// <summary>By the e-mail address; a service account, which has none, and a row without one by the username.</summary>
    public KnownAccount? Find(string? email, string? username, bool isServiceAccount) =>
        !isServiceAccount && !string.IsNullOrEmpty(email) ? _byEmail.GetValueOrDefault(EmailAddress.Fold(email))
        : Named(username) is { } named && (!isServiceAccount || named.IsServiceAccount) ? named
        : null;

    public KnownAccount? Named(string? username) => username is null ? null : _byName.GetValueOrDefault(username.ToLowerInvariant());
}

/// <summary>Reads the accounts that a batch may mean.</summary>
internal interface IKnownAccountReader
{
    /// <summary>Those who have one of the addresses or names, all of them folded. One query.</summary>
    Task<IReadOnlyList<KnownAccount>> FindAsync(IReadOnlyCollection<string> emails, IReadOnlyCollection<string> usernames, CancellationToken cancellationToken);
}

internal sealed class KnownAccountReader(Db<MembersModule> db) : IKnownAccountReader
{
    public Task<IReadOnlyList<KnownAccount>> FindAsync(IReadOnlyCollection<string> emails, IReadOnlyCollection<string> usernames, CancellationToken cancellationToken) =>
        db.QueryAsync<KnownAccount>(Find, new { emails = emails.ToArray(), usernames = usernames.ToArray() }, cancellationToken);

    // One probe a row: a list of so many values looks to the planner like the whole table.
    private const string Find =
        """
        select found.id, found.username, found.username_folded, found.email_folded, found.is_service_account
        from unnest(@emails) sought (folded)
        cross join lateral (
            select id, username, username_folded, email_folded, is_service_account
            from members.users
            where email_folded = sought.folded and email_folded <> '' and not deleted
            limit 1) found
        union
        select found.id, found.username, found.username_folded, found.email_folded, found.is_service_account
        from unnest(@usernames) sought (folded)
        cross join lateral (
            select id, username, username_folded, email_folded, is_service_account
            from members.users
            where username_folded = sought.folded and not deleted
            limit 1) found
        """;
}
