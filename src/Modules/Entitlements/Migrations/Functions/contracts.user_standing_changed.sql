-- Called by the module that owns users, in the transaction that made, changed or deleted them.
-- The standing row is locked first: whoever records a first use at this moment holds it too, so one of the two sees the other.
create or replace function contracts.user_standing_changed(ids uuid[]) returns void language plpgsql security definer set search_path = '' as $$
begin
    insert into entitlements.user_standing as standing (user_id, is_active, is_service_account, is_deleted, sort_name)
    select id, is_active, is_service_account, deleted, username_folded
    from contracts.users
    where id = any (ids)
    order by id
    on conflict (user_id) do update
    set
        is_active = excluded.is_active,
        is_service_account = excluded.is_service_account,
        is_deleted = excluded.is_deleted,
        sort_name = excluded.sort_name
    where (standing.is_active, standing.is_service_account, standing.is_deleted, standing.sort_name)
        is distinct from (excluded.is_active, excluded.is_service_account, excluded.is_deleted, excluded.sort_name);

    update entitlements.ai_seat_state seat
    set
        counted = standing.is_active,
        is_service_account = standing.is_service_account,
        is_deleted = standing.is_deleted,
        sort_name = standing.sort_name
    from entitlements.user_standing standing
    where standing.user_id = any (ids)
        and seat.user_id = standing.user_id
        and (seat.counted, seat.is_service_account, seat.is_deleted, seat.sort_name)
            is distinct from (standing.is_active, standing.is_service_account, standing.is_deleted, standing.sort_name);
end $$;

comment on function contracts.user_standing_changed is 'Users were created, renamed or deleted, or their status changed: keeps AI seats, their names and user counts right. Call it in the same transaction.';
