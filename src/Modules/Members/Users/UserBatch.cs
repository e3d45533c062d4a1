using Monolith.Members.Directory;

namespace Monolith.Members.Users;

/// <summary>The statement that stores many new accounts.</summary>
internal static class UserBatch
{
    // One order for everybody, so that two batches with the same names wait for each other and never both. No role holds a blank.
    public const string Insert =
        """
        insert into members.users
            (id, username, username_folded, email, email_folded, name, name_folded, password_hash,
             status, login_type, site_roles, is_service_account, created_at, updated_at)
        select
            id, username, username_folded, email, email_folded, name, name_folded, password_hash,
            status, login_type, string_to_array(site_roles, ' '), is_service_account, @now, @now
        from unnest(
            @ids, @usernames, @username_folds, @emails, @email_folds, @names, @name_folds, @password_hashes, @statuses, @login_types, @site_roles, @service_accounts)
            as account (id, username, username_folded, email, email_folded, name, name_folded, password_hash, status, login_type, site_roles, is_service_account)
        order by username_folded collate "C"
        on conflict do nothing
        returning id
        """;

    public static object Parameters(IReadOnlyList<NewUser> accounts, DateTimeOffset now)
    {
        var emails = accounts.Select(user => EmailAddress.Canonical(user.Email) ?? user.Email).ToArray();
        return new
        {
            ids = Of(user => user.Id),
            usernames = Of(user => user.Username),
            username_folds = Of(user => user.Username.ToLowerInvariant()),
            emails,
            email_folds = emails.Select(EmailAddress.Fold).ToArray(),
            names = Of(user => user.Name),
            name_folds = Of(user => user.Name.ToLowerInvariant()),
            password_hashes = Of(user => user.PasswordHash),
            statuses = Of(user => user.Status),
            login_types = Of(user => user.LoginType),
            site_roles = Of(user => string.Join(' ', user.SiteRoles)),
            service_accounts = Of(user => user.IsServiceAccount),
            now,
        };

        T[] Of<T>(Func<NewUser, T> part) => [.. accounts.Select(part)];
    }
}
