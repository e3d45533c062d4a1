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
    -- Whoever brought us here holds these rows already.
    if gained <> '{}' then
        update entitlements.user_standing
        set holds_seat = true
        where user_id = any (gained);
    end if;
    if lost <> '{}' then
        update entitlements.user_standing
        set holds_seat = false
        where user_id = any (lost);
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
