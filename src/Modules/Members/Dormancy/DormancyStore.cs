using Monolith.Members.Directory;

namespace Monolith.Members.Dormancy;

/// <summary>Somebody who was just made dormant.</summary>
internal sealed record FallenUser(Guid Id, string Username, bool HeldSeat);

/// <summary>How many people, and how many of them hold a seat.</summary>
internal sealed record AwayCount(long Users, long Seats);

/// <summary>Finds who was away, and makes them dormant in the transaction of the command. An owner who was here last of all owners is never among them.</summary>
internal interface IDormancyStore
{
    /// <summary>False when another process is at it. The turn lasts to the end of the transaction.</summary>
    Task<bool> TryTakeTurnAsync(CancellationToken cancellationToken);

    /// <summary>Makes some of those dormant who were last here, and last used AI, before a time. None when nobody is left.</summary>
    Task<IReadOnlyList<FallenUser>> MakeDormantAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>How many there are.</summary>
    Task<AwayCount> CountAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>The holders of seats among them: how many, and the first of them.</summary>
    Task<(long Count, IReadOnlyList<Guid> First)> HoldersAsync(DateTimeOffset before, IReadOnlyCollection<Guid> except, int most, CancellationToken cancellationToken);

    /// <summary>The active owner who was here last; null without one.</summary>
    Task<Guid?> SparedOwnerAsync(CancellationToken cancellationToken);
}

internal sealed class DormancyStore(Db<MembersModule> db, DormancySettings settings, TimeProvider clock) : IDormancyStore
{
    public Task<bool> TryTakeTurnAsync(CancellationToken cancellationToken) => db.ScalarAsync<bool>(Turn, null, cancellationToken);

    public async Task<IReadOnlyList<FallenUser>> MakeDormantAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var taken = await db.QueryFreshlyPlannedAsync<TakenUser>(Take, Parameters(before, [], most), cancellationToken);
        if (taken.Count == 0)
            return [];

        // Always after the rows of the accounts. Who is the last owner is asked again under the lock.
        if (taken.Any(user => user.IsOwner))
            await db.ExecuteAsync(Owners.Lock, null, cancellationToken);
        return await db.QueryAsync<FallenUser>(
            Fell, new { ids = taken.Select(user => user.Id).ToArray(), before, service_accounts = settings.IncludesServiceAccounts, now = clock.GetUtcNow() }, cancellationToken);
    }

    public async Task<AwayCount> CountAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        (await db.QueryFreshlyPlannedAsync<AwayCount>(Count, Parameters(before, [], 0), cancellationToken))[0];

    public async Task<(long Count, IReadOnlyList<Guid> First)> HoldersAsync(
        DateTimeOffset before, IReadOnlyCollection<Guid> except, int most, CancellationToken cancellationToken)
    {
        var (first, count) = await db.QueryWithScalarAsync<Guid, long>($"{FirstHolders};\n{CountHolders}", Parameters(before, except, most), cancellationToken);
        return (count, first);
    }

    public Task<Guid?> SparedOwnerAsync(CancellationToken cancellationToken) => db.ScalarAsync<Guid?>(SparedOwner, null, cancellationToken);

    private object Parameters(DateTimeOffset before, IReadOnlyCollection<Guid> except, int most) =>
        new { before, except = except.ToArray(), most, service_accounts = settings.IncludesServiceAccounts };

    private sealed record TakenUser(Guid Id, bool IsOwner);

    // Any number will do, as long as every replica asks for the same one.
    private const string Turn = "select pg_try_advisory_xact_lock(hashtext('monolith dormancy'))";

    // One probe an owner: there are few.
    private const string SparedOwner =
        $"""
        select o.id
        from members.users o
        where {Owners.IsActive}
        order by greatest(
            case when o.last_seen_at = '-infinity' then o.created_at else o.last_seen_at end,
            (select used.last_used_at from contracts.ai_seat_holders used where used.user_id = o.id)) desc, o.id
        limit 1
        """;

    private const string IsAway =
        $"""
        u.status = 'active'
          and not u.deleted
          and not u.is_system
          and (@service_accounts or not u.is_service_account)
          and {UserMap.AwaySince} < @before
        """;

    private const string Away =
        $"""
        from members.users u
        left join contracts.ai_seat_holders seat on seat.user_id = u.id
        where {IsAway}
          and (seat.last_used_at is null or seat.last_used_at < @before)
          and u.id <> all (array({SparedOwner}))
        """;

    // Whose row is taken at this moment is being changed by somebody: the next round looks again. Who is spared is asked when the owners are locked.
    private const string Take =
        $"""
        select u.id, 'owner' = any (u.site_roles) as is_owner
        from members.users u
        where {IsAway}
          and not exists (select 1 from contracts.ai_seat_holders seat where seat.user_id = u.id and seat.last_used_at >= @before)
        order by {UserMap.AwaySince}, u.id
        limit @most
        for no key update of u skip locked
        """;

    private const string Fell =
        $"""
        with away as (
            select u.id, seat.user_id is not null as held
            {Away}
              and u.id = any (@ids)
        )
        update members.users u
        set status = 'dormant', updated_at = @now
        from away
        where u.id = away.id
        returning u.id, u.username, away.held as held_seat
        """;

    private const string Count =
        $"""
        select count(*) as users, count(seat.user_id) as seats
        {Away}
        """;

    private const string AwayHolders =
        $"""
        {Away}
          and seat.user_id is not null
          and u.id <> all (@except)
        """;

    private const string FirstHolders =
        $"""
        select u.id
        {AwayHolders}
        order by {UserMap.AwaySince}, u.id
        limit @most
        """;

    private const string CountHolders =
        $"""
        select count(*)
        {AwayHolders}
        """;
}
