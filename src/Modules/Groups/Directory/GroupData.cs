using Monolith.Kernel.Privacy;

namespace Monolith.Groups.Directory;

/// <summary>Which groups somebody is in. A deleted user is in none, so an erasure finds nothing here.</summary>
internal sealed class GroupData(Db<GroupsModule> db) : IUserData
{
    public IReadOnlyList<string> Sections { get; } = ["groups"];

    // A person is in a few hundred at most: one piece.
    public async Task<UserDataPage> ReadAsync(string section, Guid userId, string? after, CancellationToken cancellationToken) =>
        new(await db.QueryAsync<string>(Sql, new { userId }, cancellationToken), null);

    public Task EraseAsync(UserErasure person, CancellationToken cancellationToken) => Task.CompletedTask;

    private const string Sql =
        """
        select json_build_object('id', g.id, 'group', g.name, 'organization_id', g.organization_id)::text
        from groups.group_members m
        join groups.groups g on g.id = m.group_id
        where m.user_id = @userId
        order by g.id
        """;
}
