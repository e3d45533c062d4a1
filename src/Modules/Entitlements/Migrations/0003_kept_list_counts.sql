-- The lists by AI seat ask how many: kept like the totals, for the deployment and for each organization.

-- A user, a membership or a first use that passed while this file runs would be missed, or counted twice.
lock table contracts.users, contracts.organization_members, entitlements.ai_seat_state in share mode;

alter table entitlements.user_standing add column is_deleted boolean not null default false;
alter table entitlements.ai_seat_state add column is_deleted boolean not null default false;
alter table entitlements.usage_counts add column people_with_evidence bigint not null default 0;

-- Holders of each organization: the sum over the buckets.
create table entitlements.organization_ai_seats (
    organization_id uuid not null,
    bucket integer not null,
    seats bigint not null,
    primary key (organization_id, bucket)
);

create view contracts.ai_seat_counts as
select sum(ai_seats)::bigint as holders
from entitlements.usage_counts;

comment on view contracts.ai_seat_counts is 'How many rows contracts.ai_seat_holders has.';

create view contracts.organization_ai_seat_counts as
select organization_id, sum(seats)::bigint as holders
from entitlements.organization_ai_seats
group by organization_id;

comment on view contracts.organization_ai_seat_counts is 'How many members of each organization contracts.ai_seat_holders has; no row where nobody ever held one.';

drop function entitlements.add_usage(bigint, bigint, bigint, bigint);

-- Answers the bucket: its holder alone may write rows of that number in the other tables.
create function entitlements.add_usage(people bigint, evidence bigint, seats bigint, service_seats bigint, ended bigint) returns integer language plpgsql as $$
declare
    taken integer := entitlements.take_bucket();
begin
    update entitlements.usage_counts
    set
        active_people = active_people + people,
        people_with_evidence = people_with_evidence + evidence,
        ai_seats = ai_seats + seats,
        service_account_seats = service_account_seats + service_seats,
        ended_interceptions = ended_interceptions + ended
    where bucket = taken;
    return taken;
end $$;

create or replace function entitlements.keep_people() returns trigger language plpgsql as $$
declare
    people bigint := (select count(*) from changed where is_active and not is_service_account);
begin
    if tg_op = 'UPDATE' then
        people := people - (select count(*) from before where is_active and not is_service_account);
    end if;
    if people <> 0 then
        perform entitlements.add_usage(people, 0, 0, 0, 0);
    end if;
    return null;
end $$;

create or replace function entitlements.keep_ended() returns trigger language plpgsql as $$
declare
    ended bigint := (select count(*) from changed where ended_at is not null);
begin
    if tg_op = 'UPDATE' then
        ended := ended - (select count(*) from before where ended_at is not null);
    end if;
    if ended <> 0 then
        perform entitlements.add_usage(0, 0, 0, 0, ended);
    end if;
    return null;
end $$;

drop function entitlements.move_seats(date[], boolean[], bigint[]);

create function entitlements.move_days(taken integer, days date[], amounts bigint[]) returns void language sql as $$
    insert into entitlements.ai_seat_first_uses as kept (day, bucket, seats)
    select day, taken, sum(amount)
    from unnest(days, amounts) moved (day, amount)
    group by day
    having sum(amount) <> 0
    on conflict (day, bucket) do update
    set seats = kept.seats + excluded.seats
$$;

-- Holders who come and go, in every organization they belong to.
create function entitlements.move_organizations(taken integer, gained uuid[], lost uuid[]) returns void language sql as $$
    insert into entitlements.organization_ai_seats as kept (organization_id, bucket, seats)
    select organization_id, taken, sum(amount)
    from (
        select user_id, 1 as amount from unnest(gained) came (user_id)
        union all
        select user_id, -1 from unnest(lost) went (user_id)) moved
    join contracts.organization_members using (user_id)
    group by organization_id
    having sum(amount) <> 0
    on conflict (organization_id, bucket) do update
    set seats = kept.seats + excluded.seats
$$;

create or replace function entitlements.keep_seats() returns trigger language plpgsql as $$
declare
    days date[];
    services boolean[];
    amounts bigint[];
    gained uuid[];
    lost uuid[] := '{}';
    evidence bigint := (select count(*) from changed where not is_deleted);
    taken integer;
begin
    if tg_op = 'INSERT' then
        select array_agg(day), array_agg(service), array_agg(n)
        into days, services, amounts
        from (
            select (first_used_at at time zone 'UTC')::date as day, is_service_account as service, count(*) as n
            from changed
            where counted
            group by 1, 2) arrived;
        gained := array(select user_id from changed where counted);
    else
        select array_agg(day), array_agg(service), array_agg(n)
        into days, services, amounts
        from (
            select (first_used_at at time zone 'UTC')::date as day, is_service_account as service, sum(sign) as n
            from (
                select first_used_at, is_service_account, 1 as sign from changed where counted
                union all
                select first_used_at, is_service_account, -1 from before where counted) both_sides
            group by 1, 2
            having sum(sign) <> 0) moved;
        gained := array(select user_id from changed where counted except select user_id from before where counted);
        lost := array(select user_id from before where counted except select user_id from changed where counted);
        evidence := evidence - (select count(*) from before where not is_deleted);
    end if;
    if days is null and evidence = 0 and gained = '{}' and lost = '{}' then
        return null;
    end if;
    taken := entitlements.add_usage(
        0,
        evidence,
        (select coalesce(sum(amount), 0)::bigint from unnest(amounts) amount),
        (select coalesce(sum(amount), 0)::bigint from unnest(services, amounts) moved (service, amount) where service),
        0);
    perform entitlements.move_days(taken, days, amounts);
    perform entitlements.move_organizations(taken, gained, lost);
    return null;
end $$;

create or replace function contracts.user_standing_changed(ids uuid[]) returns void language plpgsql security definer set search_path = '' as $$
begin
    insert into entitlements.user_standing as standing (user_id, is_active, is_service_account, is_deleted)
    select id, is_active, is_service_account, deleted
    from contracts.users
    where id = any (ids)
    order by id
    on conflict (user_id) do update
    set
        is_active = excluded.is_active,
        is_service_account = excluded.is_service_account,
        is_deleted = excluded.is_deleted
    where (standing.is_active, standing.is_service_account, standing.is_deleted)
        is distinct from (excluded.is_active, excluded.is_service_account, excluded.is_deleted);

    update entitlements.ai_seat_state seat
    set
        counted = standing.is_active,
        is_service_account = standing.is_service_account,
        is_deleted = standing.is_deleted
    from entitlements.user_standing standing
    where standing.user_id = any (ids)
        and seat.user_id = standing.user_id
        and (seat.counted, seat.is_service_account, seat.is_deleted)
            is distinct from (standing.is_active, standing.is_service_account, standing.is_deleted);
end $$;

-- Called by the module that owns memberships, in the transaction that made or removed them, after the fact.
-- The standing rows are locked first: a user who gains or loses a seat at this moment is seen here, or sees the membership there.
create function contracts.memberships_changed(organization_ids uuid[], user_ids uuid[], amount integer) returns void language plpgsql security definer set search_path = '' as $$
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

update entitlements.user_standing standing
set is_deleted = true
from contracts.users person
where person.id = standing.user_id and person.deleted;

-- With the count still at 0, the trigger would move it: the deleted are left out afterwards, in one sum.
alter table entitlements.ai_seat_state disable trigger keep_seats_update;
update entitlements.ai_seat_state seat
set is_deleted = true
from entitlements.user_standing standing
where standing.user_id = seat.user_id and standing.is_deleted;
alter table entitlements.ai_seat_state enable trigger keep_seats_update;

do $$ begin perform entitlements.add_usage(0, (select count(*) from entitlements.ai_seat_state where not is_deleted), 0, 0, 0); end $$;

insert into entitlements.organization_ai_seats (organization_id, bucket, seats)
select organization_id, 0, count(*)
from contracts.organization_members
join entitlements.ai_seat_state seat using (user_id)
where seat.counted
group by organization_id;
