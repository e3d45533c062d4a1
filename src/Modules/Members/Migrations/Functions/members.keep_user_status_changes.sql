create or replace function members.keep_user_status_changes() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into members.user_status_changes as c (hour, status, delta)
        select date_trunc('hour', created_at, 'UTC'), status, count(*)
        from changed
        where not deleted and not is_system and not is_service_account
        group by 1, 2
        order by 1, 2
        on conflict (hour, status) do update set delta = c.delta + excluded.delta;
    else
        -- A person who comes back is seen, everybody else is updated: the later of the two is the time of the change.
        insert into members.user_status_changes as c (hour, status, delta)
        select date_trunc('hour', greatest(after.updated_at, after.last_seen_at), 'UTC'), side.status, sum(side.n)
        from before
        join changed after using (id)
        cross join lateral (values
            (before.status, case when before.deleted or before.is_system or before.is_service_account then 0 else -1 end),
            (after.status, case when after.deleted or after.is_system or after.is_service_account then 0 else 1 end)
        ) as side (status, n)
        where (before.status, before.deleted, before.is_system, before.is_service_account)
            is distinct from (after.status, after.deleted, after.is_system, after.is_service_account)
        group by 1, 2
        having sum(side.n) <> 0
        order by 1, 2
        on conflict (hour, status) do update set delta = c.delta + excluded.delta;
    end if;
    return null;
end $$;
