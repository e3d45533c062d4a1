using Monolith.Members.Contracts;

namespace Monolith.Members.Dashboard.Account;

/// <summary>Where somebody is signed in: browsers, command lines and desktop apps; tokens apart.</summary>
[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Read)]
internal sealed record ListSessionsQuery(string User) : IQuery<IReadOnlyList<SessionInfo>>, IUserRequest;

internal sealed record SessionInfo(string Id, DateTimeOffset CreatedAt, DateTimeOffset LastUsed, DateTimeOffset ExpiresAt);

internal sealed class ListSessionsHandler(Db<MembersModule> db, CurrentUser user, TimeProvider clock) : IQueryHandler<ListSessionsQuery, IReadOnlyList<SessionInfo>>
{
    public async Task<Result<IReadOnlyList<SessionInfo>>> Handle(ListSessionsQuery request, CancellationToken cancellationToken) =>
        (await db.QueryAsync<SessionInfo>(Select, new { user_id = user.Id, now = clock.GetUtcNow(), token = LoginType.Token }, cancellationToken)).ToList();

    private const string Select =
        """
        select id, created_at, last_used, expires_at
        from members.api_keys
        where user_id = @user_id
          and login_type <> @token
          and expires_at > @now
        order by greatest(last_used, created_at) desc, id
        limit 100
        """;
}
