-- The list of seats is in the order of usernames: the name is kept beside the evidence, so that a page is one index range.

-- A user who is renamed while this file runs would be missed.
lock table contracts.users, entitlements.user_standing, entitlements.ai_seat_state in share row exclusive mode;

alter table entitlements.user_standing add column sort_name text collate "C" not null default '';
alter table entitlements.ai_seat_state add column sort_name text collate "C" not null default '';

-- Names move no count.
alter table entitlements.user_standing disable trigger keep_people_update;
update entitlements.user_standing standing
set sort_name = lower(person.username collate "C")
from contracts.users person
where person.id = standing.user_id;
alter table entitlements.user_standing enable trigger keep_people_update;

alter table entitlements.ai_seat_state disable trigger keep_seats_update;
update entitlements.ai_seat_state seat
set sort_name = standing.sort_name
from entitlements.user_standing standing
where standing.user_id = seat.user_id;
alter table entitlements.ai_seat_state enable trigger keep_seats_update;

alter table entitlements.user_standing alter column sort_name drop default;
alter table entitlements.ai_seat_state alter column sort_name drop default;

create index ai_seat_state_page on entitlements.ai_seat_state (sort_name, user_id) include (counted) where not is_deleted;
create index ai_seat_state_first_used on entitlements.ai_seat_state (first_used_at, user_id);

create or replace function contracts.user_standing_changed(ids uuid[]) returns void language plpgsql security definer set search_path = '' as $$
begin
    insert into entitlements.user_standing as standing (user_id, is_active, is_service_account, is_deleted, sort_name)
    select id, is_active, is_service_account, deleted, lower(username collate "C")
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

-- The module of users tells of everything but names; whoever renames is told on.
create function contracts.user_renamed() returns trigger language plpgsql as $$
begin
    perform contracts.user_standing_changed(array[new.id]);
    return null;
end $$;

create trigger tell_user_name after update of username_folded on members.users
    for each row when (old.username_folded is distinct from new.username_folded)
    execute function contracts.user_renamed();
