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
