using Monolith.Kernel.Privacy;

namespace Monolith.Members.Privacy;

/// <summary>What this module stores of a person: the account, its settings, memberships, sessions and tokens.</summary>
internal sealed class AccountData(Db<MembersModule> db, TimeProvider clock) : IUserData
{
    private static readonly Dictionary<string, string> Statements = new(StringComparer.Ordinal)
    {
        ["account"] = SqlAccount,
        ["settings"] = SqlSettings,
        ["memberships"] = SqlMemberships,
        ["sessions_and_tokens"] = SqlKeys,
        ["invitations"] = SqlInvitations,
    };

    public IReadOnlyList<string> Sections { get; } = ["account", "settings", "memberships", "sessions_and_tokens", "invitations"];

    // A person has a few hundred of each at most: one piece.
    public async Task<UserDataPage> ReadAsync(string section, Guid userId, string? after, CancellationToken cancellationToken) =>
        new(await db.QueryAsync<string>(Statements[section], new { userId }, cancellationToken), null);

    public Task EraseAsync(UserErasure person, CancellationToken cancellationToken) => db.ExecuteAsync(
        SqlErase, new { person.UserId, person.Placeholder, folded = person.Placeholder.ToLowerInvariant(), now = clock.GetUtcNow() }, cancellationToken);

    private const string SqlAccount =
        """
        select json_build_object(
            'id', id, 'username', username, 'email', email, 'name', name, 'avatar_url', avatar_url, 'status', status, 'login_type', login_type, 'roles', site_roles,
            'github_user_id', github_user_id, 'is_service_account', is_service_account, 'created_at', created_at, 'updated_at', updated_at,
            'last_seen_at', nullif(last_seen_at, '-infinity'), 'deleted', deleted, 'erased_at', erased_at)::text
        from members.users
        where id = @userId
        """;

    private const string SqlSettings =
        """
        select (to_jsonb(s) - 'user_id')::text
        from members.user_settings s
        where user_id = @userId
        """;

    private const string SqlInvitations =
        """
        select json_build_object('created_at', created_at, 'expires_at', expires_at)::text
        from members.invitations
        where user_id = @userId
        """;

    private const string SqlMemberships =
        """
        select json_build_object(
            'organization_id', m.organization_id, 'organization', o.name, 'roles', m.roles, 'created_at', m.created_at, 'updated_at', m.updated_at)::text
        from members.organization_members m
        join members.organizations o on o.id = m.organization_id
        where m.user_id = @userId
        order by m.organization_id
        """;

    // The id is the half of a key that is no secret.
    private const string SqlKeys =
        """
        select json_build_object(
            'id', id, 'login_type', login_type, 'token_name', token_name, 'scopes', scopes, 'allow_list', allow_list,
            'created_at', created_at, 'last_used', nullif(last_used, '-infinity'), 'expires_at', expires_at)::text
        from members.api_keys
        where user_id = @userId
        order by created_at, id
        """;

    private const string SqlErase =
        """
        update members.users
        set username = @Placeholder,
            username_folded = @folded,
            email = '',
            email_folded = '',
            name = '',
            name_folded = '',
            avatar_url = '',
            password_hash = '',
            github_user_id = 0,
            erased_at = @now
        where id = @UserId
          and deleted;

        -- Names mark places in the lists: a milestone goes, and a move counts from the milestone before it, for the same ones.
        with gone as (
            delete from members.milestones
            where user_id = @UserId
            returning sort_name
        )
        update members.moves v
        set sort_name = coalesce(
            (select max(m.sort_name) from members.milestones m where m.list = v.list and m.sort_name <= v.sort_name and m.user_id <> @UserId), '')
        where user_id = @UserId
           or sort_name in (select sort_name from gone)
        """;
}
