-- Called by the module that owns memberships, in the transaction that made or removed them, after the fact.
-- The standing rows are locked first: a user who gains or loses a seat at this moment is seen here, or sees the membership there.
create or replace function contracts.memberships_changed(organization_ids uuid[], user_ids uuid[], amount integer) returns void language plpgsql security definer set search_path = '' as $$
declare
    taken integer;
begin
    perform 1
    from entitlements.user_standing
    where user_id = any (user_ids)
    order by user_id
    for no key update;

    if exists (select 1 from entitlements.ai_seat_state where user_id = any (user_ids) and counted) then
        taken := entitlements.take_bucket();
        insert into entitlements.organization_ai_seats as kept (organization_id, bucket, seats)
        select organization_id, taken, amount * count(*)
        from unnest(organization_ids, user_ids) moved (organization_id, user_id)
        join entitlements.ai_seat_state seat using (user_id)
        where seat.counted
        group by organization_id
        on conflict (organization_id, bucket) do update
        set seats = kept.seats + excluded.seats;
    end if;
end $$;

comment on function contracts.memberships_changed is 'Memberships came (amount 1) or went (amount -1): keeps the AI seats of organizations right. Call it in the same transaction. The arrays are parallel.';
