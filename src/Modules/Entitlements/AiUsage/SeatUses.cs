namespace Monolith.Entitlements.AiUsage;

/// <summary>What a report tells about one person: the earliest and the latest use, and what the latest was.</summary>
internal sealed record SeatUse(Guid UserId, DateTimeOffset First, DateTimeOffset Last, string Description)
{
    public static SeatUse Of(IGrouping<Guid, SeatEvidence> evidence)
    {
        var last = evidence.MaxBy(one => one.At)!;
        return new(evidence.Key, evidence.Min(one => one.At), last.At, last.Description);
    }
}

/// <summary>Stores who used AI. In the transaction of the report.</summary>
internal interface ISeatUses
{
    /// <summary>One row a person. Answers those who were not known to use AI.</summary>
    Task<IReadOnlyList<Guid>> StoreAsync(string eventType, IReadOnlyList<SeatUse> uses, CancellationToken cancellationToken);
}

internal sealed class SeatUses(Db<EntitlementsModule> db, TimeProvider clock) : ISeatUses
{
    public async Task<IReadOnlyList<Guid>> StoreAsync(string eventType, IReadOnlyList<SeatUse> uses, CancellationToken cancellationToken)
    {
        var states = await db.QueryAsync<SeatState>(
            Upsert,
            new
            {
                type = eventType,
                now = clock.GetUtcNow(),
                users = uses.Select(use => use.UserId).ToArray(),
                firsts = uses.Select(use => use.First).ToArray(),
                lasts = uses.Select(use => use.Last).ToArray(),
                descriptions = uses.Select(use => use.Description).ToArray(),
            },
            cancellationToken);
        return [.. states.Where(state => state.IsFirstUse).Select(state => state.UserId)];
    }

    private sealed record SeatState(Guid UserId, bool IsFirstUse);

    // First uses lock what is known of their users: a status or name that changes at this moment and a first use see each other.
    // A row that was inserted by this statement has never been locked or updated: its xmax is 0.
    private const string Upsert =
        """
        with first as materialized (
            select standing.user_id, standing.is_active, standing.is_service_account, standing.is_deleted, standing.sort_name
            from entitlements.user_standing standing
            where standing.user_id = any(@users)
                and not exists (
                    select 1
                    from entitlements.ai_seat_state known
                    where known.user_id = standing.user_id)
            order by standing.user_id
            for no key update of standing
        )
        insert into entitlements.ai_seat_state as seat
            (user_id, first_used_at, last_used_at, last_event_type, last_event_description, updated_at, counted, is_service_account, is_deleted, sort_name)
        select
            use.user_id,
            use.first_used_at,
            use.last_used_at,
            @type,
            use.description,
            @now,
            coalesce(first.is_active, false),
            coalesce(first.is_service_account, false),
            coalesce(first.is_deleted, false),
            coalesce(first.sort_name, '')
        from unnest(@users, @firsts, @lasts, @descriptions) as use (user_id, first_used_at, last_used_at, description)
        left join first on first.user_id = use.user_id
        order by use.user_id
        on conflict (user_id) do update
        set
            first_used_at = least(seat.first_used_at, excluded.first_used_at),
            last_used_at = greatest(seat.last_used_at, excluded.last_used_at),
            last_event_type = case when excluded.last_used_at >= seat.last_used_at then excluded.last_event_type else seat.last_event_type end,
            last_event_description = case when excluded.last_used_at >= seat.last_used_at then excluded.last_event_description else seat.last_event_description end,
            updated_at = excluded.updated_at
        returning user_id, xmax = 0 as is_first_use
        """;
}
