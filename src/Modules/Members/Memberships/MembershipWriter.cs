using Monolith.BuildingBlocks.Data;

namespace Monolith.Members.Memberships;

/// <summary>The one way a membership comes into being.</summary>
internal sealed class MembershipWriter(Db db, TimeProvider clock)
{
    /// <summary>The time of creation; null when the user is a member already.</summary>
    public async Task<DateTimeOffset?> InsertAsync(Guid organizationId, Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % 10));
        var inserted = await db.ExecuteAsync(Insert, new { organization_id = organizationId, user_id = userId, now }, cancellationToken);
        return inserted == 0 ? null : now;
    }

    // The lock keeps a deletion or a rename of the user from passing between the read and the insert.
    private const string Insert =
        """
        insert into members.organization_members
            (organization_id, user_id, sort_name, is_system, created_at, updated_at)
        select @organization_id, u.id, u.username_folded, u.is_system, @now, @now
        from members.users u
        where u.id = @user_id and not u.deleted
        for share of u
        on conflict do nothing
        """;
}
