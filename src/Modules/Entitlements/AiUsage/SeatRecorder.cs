namespace Monolith.Entitlements.AiUsage;

/// <summary>One event that is evidence of AI use.</summary>
internal sealed record SeatEvidence(Guid UserId, DateTimeOffset At, string Description);

/// <summary>Keeps one row a person: the earliest and the latest use seen so far. Runs in the transaction of the report. Scoped.</summary>
internal sealed class SeatRecorder(Db<EntitlementsModule> db, AuditTrail audit, TimeProvider clock)
{
    public async Task RecordAsync(string eventType, IEnumerable<SeatEvidence> evidence, CancellationToken cancellationToken)
    {
        var uses = evidence.GroupBy(one => one.UserId).Select(SeatUse.Of).ToList();
        if (uses.Count == 0)
            return;
        var states = await db.QueryAsync<SeatState>(
            Upsert,
            new
            {
                type = eventType,
                now = clock.GetUtcNow(),
                users = uses.ConvertAll(use => use.UserId).ToArray(),
                firsts = uses.ConvertAll(use => use.First).ToArray(),
                lasts = uses.ConvertAll(use => use.Last).ToArray(),
                descriptions = uses.ConvertAll(use => use.Description).ToArray(),
            },
            cancellationToken);
        foreach (var state in states.Where(state => state.IsFirstUse))
            audit.Record(new AuditEntry(AuditAction.Create, "ai_seat", state.UserId, After: new { last_event_type = eventType }, ActorId: state.UserId));
    }

    private sealed record SeatUse(Guid UserId, DateTimeOffset First, DateTimeOffset Last, string Description)
    {
        public static SeatUse Of(IGrouping<Guid, SeatEvidence> evidence)
        {
            var last = evidence.MaxBy(one => one.At)!;
            return new(evidence.Key, evidence.Min(one => one.At), last.At, last.Description);
        }
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
            for share of standing
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
