-- What limits ask about is kept, not counted.

-- A user who changes while this file runs would be missed, or counted twice.
lock table contracts.users in share mode;

-- The half of the AI-seat predicate that speaks about people, told by their module in the transaction of the change.
create table entitlements.user_standing (
    user_id uuid primary key,
    is_active boolean not null,
    is_service_account boolean not null
);

-- counted: evidence, and the user is active. The one predicate of an AI seat: flags and counts are both made of it.
alter table entitlements.ai_seat_state
    add column counted boolean not null default false,
    add column is_service_account boolean not null default false;
alter table entitlements.ai_seat_state
    alter column counted drop default,
    alter column is_service_account drop default;

create or replace view contracts.ai_seat_holders as
select user_id
from entitlements.ai_seat_state
where counted;

-- The sum over the buckets is the count. A connection writes to one bucket only, so writers seldom wait for each other
-- and never in a circle. The room left in each page keeps the updates away from the index.
create table entitlements.usage_counts (
    bucket integer primary key,
    active_people bigint not null default 0,
    ai_seats bigint not null default 0,
    service_account_seats bigint not null default 0,
    ended_interceptions bigint not null default 0
) with (fillfactor = 10);

insert into entitlements.usage_counts (bucket)
select generate_series(0, 63);

create function entitlements.own_bucket() returns integer language sql stable as $$
    select pg_backend_pid() % 64
$$;

create function entitlements.add_usage(people bigint, seats bigint, service_seats bigint, ended bigint) returns void language sql as $$
    update entitlements.usage_counts
    set
        active_people = active_people + people,
        ai_seats = ai_seats + seats,
        service_account_seats = service_account_seats + service_seats,
        ended_interceptions = ended_interceptions + ended
    where bucket = entitlements.own_bucket()
$$;

-- Counted seats by the UTC day of their first use: what the projection is made of.
create table entitlements.ai_seat_first_uses (
    day date not null,
    bucket integer not null,
    seats bigint not null,
    primary key (day, bucket)
);

-- Start builds of task workspaces by UTC day: the actual of managed_agent_limit.
create table entitlements.task_starts (
    day date not null,
    bucket integer not null,
    builds bigint not null,
    primary key (day, bucket)
);

create function entitlements.keep_people() returns trigger language plpgsql as $$
declare
    people bigint := (select count(*) from changed where is_active and not is_service_account);
begin
    if tg_op = 'UPDATE' then
        people := people - (select count(*) from before where is_active and not is_service_account);
    end if;
    if people <> 0 then
        perform entitlements.add_usage(people, 0, 0, 0);
    end if;
    return null;
end $$;

create trigger keep_people_insert after insert on entitlements.user_standing
    referencing new table as changed for each statement execute function entitlements.keep_people();
create trigger keep_people_update after update on entitlements.user_standing
    referencing old table as before new table as changed for each statement execute function entitlements.keep_people();

create function entitlements.move_seats(days date[], services boolean[], amounts bigint[]) returns void language plpgsql as $$
begin
    -- The own bucket of the totals comes first: two connections that share a number then take their rows in turn.
    perform entitlements.add_usage(
        0,
        (select coalesce(sum(amount), 0)::bigint from unnest(amounts) amount),
        (select coalesce(sum(amount), 0)::bigint from unnest(services, amounts) moved (service, amount) where service),
        0);
    insert into entitlements.ai_seat_first_uses as kept (day, bucket, seats)
    select day, entitlements.own_bucket(), sum(amount)
    from unnest(days, amounts) moved (day, amount)
    group by day
    having sum(amount) <> 0
    order by day
    on conflict (day, bucket) do update
    set seats = kept.seats + excluded.seats;
end $$;

create function entitlements.keep_seats() returns trigger language plpgsql as $$
declare
    days date[];
    services boolean[];
    amounts bigint[];
begin
    if tg_op = 'INSERT' then
        select array_agg(day), array_agg(service), array_agg(n)
        into days, services, amounts
        from (
            select (first_used_at at time zone 'UTC')::date as day, is_service_account as service, count(*) as n
            from changed
            where counted
            group by 1, 2) arrived;
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
    end if;
    if days is not null then
        perform entitlements.move_seats(days, services, amounts);
    end if;
    return null;
end $$;

create trigger keep_seats_insert after insert on entitlements.ai_seat_state
    referencing new table as changed for each statement execute function entitlements.keep_seats();
create trigger keep_seats_update after update on entitlements.ai_seat_state
    referencing old table as before new table as changed for each statement execute function entitlements.keep_seats();

create function entitlements.keep_ended() returns trigger language plpgsql as $$
declare
    ended bigint := (select count(*) from changed where ended_at is not null);
begin
    if tg_op = 'UPDATE' then
        ended := ended - (select count(*) from before where ended_at is not null);
    end if;
    if ended <> 0 then
        perform entitlements.add_usage(0, 0, 0, ended);
    end if;
    return null;
end $$;

create trigger keep_ended_insert after insert on entitlements.interceptions
    referencing new table as changed for each statement execute function entitlements.keep_ended();
create trigger keep_ended_update after update on entitlements.interceptions
    referencing old table as before new table as changed for each statement execute function entitlements.keep_ended();

create function entitlements.keep_task_starts() returns trigger language plpgsql as $$
begin
    insert into entitlements.task_starts as kept (day, bucket, builds)
    select (created_at at time zone 'UTC')::date, entitlements.own_bucket(), count(*)
    from changed
    where transition = 'start'
        and has_ai_task
    group by 1
    order by 1
    on conflict (day, bucket) do update
    set builds = kept.builds + excluded.builds;
    return null;
end $$;

create trigger keep_task_starts after insert on entitlements.workspace_builds
    referencing new table as changed for each statement execute function entitlements.keep_task_starts();

-- Called by the module that owns users, in the transaction that made, changed or deleted them.
-- The standing row is locked first: whoever records a first use at this moment holds it too, so one of the two sees the other.
create function contracts.user_standing_changed(ids uuid[]) returns void language plpgsql security definer set search_path = '' as $$
begin
    insert into entitlements.user_standing as standing (user_id, is_active, is_service_account)
    select id, is_active, is_service_account
    from contracts.users
    where id = any (ids)
    order by id
    on conflict (user_id) do update
    set
        is_active = excluded.is_active,
        is_service_account = excluded.is_service_account
    where (standing.is_active, standing.is_service_account) is distinct from (excluded.is_active, excluded.is_service_account);

    update entitlements.ai_seat_state seat
    set
        counted = standing.is_active,
        is_service_account = standing.is_service_account
    from entitlements.user_standing standing
    where standing.user_id = any (ids)
        and seat.user_id = standing.user_id
        and (seat.counted, seat.is_service_account) is distinct from (standing.is_active, standing.is_service_account);
end $$;

comment on function contracts.user_standing_changed is 'Users were created or deleted, or their status changed: keeps AI seats and user counts right. Call it in the same transaction.';

select contracts.user_standing_changed(array(select id from contracts.users));

select entitlements.add_usage(0, 0, 0, (select count(*) from entitlements.interceptions where ended_at is not null));

insert into entitlements.task_starts (day, bucket, builds)
select (created_at at time zone 'UTC')::date, 0, count(*)
from entitlements.workspace_builds
where transition = 'start'
    and has_ai_task
group by 1;

-- One row a UTC day: the last look of that day.
create table entitlements.ai_seat_days (
    day date primary key,
    holders bigint not null,
    seat_limit bigint,
    recorded_at timestamptz not null
);

-- The list of interceptions shows ended ones only, newest first.
drop index entitlements.interceptions_started;
create index interceptions_ended on entitlements.interceptions (started_at desc, id desc) where ended_at is not null;
create index interceptions_ended_initiator on entitlements.interceptions (initiator_id, started_at desc, id desc) where ended_at is not null;
create index interceptions_ended_provider on entitlements.interceptions (provider, started_at desc, id desc) where ended_at is not null;
create index interceptions_ended_model on entitlements.interceptions (model, started_at desc, id desc) where ended_at is not null;
