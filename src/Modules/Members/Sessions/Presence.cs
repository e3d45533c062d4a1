using Monolith.Members.Contracts;

namespace Monolith.Members.Sessions;

internal sealed class Presence(Db<MembersModule> db) : ILastSeenBackfill
{
    public Task BackfillAsync(IReadOnlyDictionary<Guid, DateTimeOffset> lastSeen, CancellationToken cancellationToken) =>
        db.ExecuteAsync(
            Sql,
            new { ids = lastSeen.Keys.ToArray(), times = lastSeen.Values.Select(time => time.UtcDateTime).ToArray() },
            cancellationToken);

    private const string Sql =
        """
        update members.users
        set last_seen_at = seen.at
        from unnest(@ids::uuid[], @times::timestamptz[]) seen (id, at)
        where users.id = seen.id and users.last_seen_at < seen.at and not users.deleted
        """;
}
