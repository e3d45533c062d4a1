-- Nobody waits for a bucket: a writer takes its own, or any other that is free at this moment. Two connections may have the same own
-- bucket, and one that waited there while it held something else could close a circle.
create function entitlements.take_bucket() returns integer language sql as $$
    select coalesce(
        (select bucket
         from entitlements.usage_counts
         order by bucket <> entitlements.own_bucket(), bucket
         limit 1
         for no key update skip locked),
        entitlements.own_bucket())
$$;

drop function entitlements.add_usage(bigint, bigint, bigint, bigint);

-- Answers the bucket: its holder alone may write rows of that number in the tables by day.
create function entitlements.add_usage(people bigint, seats bigint, service_seats bigint, ended bigint) returns integer language plpgsql as $$
declare
    taken integer := entitlements.take_bucket();
begin
    update entitlements.usage_counts
    set
        active_people = active_people + people,
        ai_seats = ai_seats + seats,
        service_account_seats = service_account_seats + service_seats,
        ended_interceptions = ended_interceptions + ended
    where bucket = taken;
    return taken;
end $$;

create or replace function entitlements.move_seats(days date[], services boolean[], amounts bigint[]) returns void language plpgsql as $$
declare
    taken integer := entitlements.add_usage(
        0,
        (select coalesce(sum(amount), 0)::bigint from unnest(amounts) amount),
        (select coalesce(sum(amount), 0)::bigint from unnest(services, amounts) moved (service, amount) where service),
        0);
begin
    insert into entitlements.ai_seat_first_uses as kept (day, bucket, seats)
    select day, taken, sum(amount)
    from unnest(days, amounts) moved (day, amount)
    group by day
    having sum(amount) <> 0
    on conflict (day, bucket) do update
    set seats = kept.seats + excluded.seats;
end $$;

create or replace function entitlements.keep_task_starts() returns trigger language plpgsql as $$
declare
    taken integer := entitlements.take_bucket();
begin
    insert into entitlements.task_starts as kept (day, bucket, builds)
    select (created_at at time zone 'UTC')::date, taken, count(*)
    from changed
    where transition = 'start'
        and has_ai_task
    group by 1
    on conflict (day, bucket) do update
    set builds = kept.builds + excluded.builds;
    return null;
end $$;
