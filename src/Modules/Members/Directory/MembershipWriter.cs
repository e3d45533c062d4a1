using Monolith.Members.Contracts;

namespace Monolith.Members.Directory;

/// <summary>The one way a membership comes into being and goes.</summary>
internal sealed class MembershipWriter(Db<MembersModule> db, IDispatcher events, TimeProvider clock) : IMembershipWriter
{
    public async Task<DateTimeOffset?> InsertAsync(Guid organizationId, Guid userId, CancellationToken cancellationToken)
    {
        var (created, inserted) = await InsertAsync(organizationId, [userId], cancellationToken);
        return inserted.Count == 0 ? null : created;
    }

    public async Task<(DateTimeOffset Created, IReadOnlyCollection<Guid> Inserted)> InsertAsync(
        Guid organizationId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % 10));
        var inserted = await db.QueryAsync<Guid>(Insert, new { organization_id = organizationId, user_ids = userIds.ToArray(), now }, cancellationToken);
        foreach (var userId in inserted)
            await events.PublishAsync(new MembershipAdded(organizationId, userId), cancellationToken);
        return (now, inserted);
    }

    public async Task SetRolesAsync(Guid organizationId, Guid userId, string[] before, string[] roles, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(UpdateRoles, new { organization_id = organizationId, user_id = userId, roles }, cancellationToken);
        if (!roles.ToHashSet().SetEquals(before))
            await events.PublishAsync(new MemberRolesChanged(organizationId, userId, before, roles), cancellationToken);
    }

    public async Task DeleteAsync(Guid organizationId, Guid userId, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(Delete, new { organization_id = organizationId, user_id = userId }, cancellationToken);
        await events.PublishAsync(new MembershipRemoved(organizationId, userId), cancellationToken);
    }

    public Task<IReadOnlyList<Guid>> MembersAmongAsync(Guid organizationId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        db.QueryAsync<Guid>(Among, new { organization_id = organizationId, user_ids = userIds.ToArray() }, cancellationToken);

    // The locks keep a deletion or a rename of a user, and the deletion of the organization, from passing between the read
    // and the insert. One order for everybody: two batches with the same people wait for each other and never both.
    private const string Insert =
        """
        insert into members.organization_members
            (organization_id, user_id, sort_name, email_folded, name_folded, is_system, created_at, updated_at)
        select @organization_id, found.id, found.username_folded, found.email_folded, found.name_folded, found.is_system, @now, @now
        from (
            select u.id, u.username_folded, u.email_folded, u.name_folded, u.is_system
            from members.users u
            join members.organizations o on o.id = @organization_id and not o.deleted
            where u.id = any (@user_ids) and not u.deleted
            order by u.id
            for share of u
            for key share of o
        ) found
        order by found.id
        on conflict do nothing
        returning user_id
        """;

    private const string UpdateRoles =
        """
        update members.organization_members
        set roles = @roles
        where organization_id = @organization_id and user_id = @user_id
        """;

    private const string Delete =
        """
        delete from members.organization_members
        where organization_id = @organization_id and user_id = @user_id
        """;

    private const string Among =
        """
        select user_id
        from members.organization_members
        where organization_id = @organization_id and user_id = any (@user_ids)
        """;
}
