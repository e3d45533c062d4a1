create or replace function groups.keep_organization_count() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into groups.group_counts (group_id) select id from changed;
        insert into groups.organization_counts as c (organization_id, groups)
        select organization_id, count(*) from changed group by organization_id order by organization_id
        on conflict (organization_id) do update set groups = c.groups + excluded.groups;
    else
        update groups.organization_counts c
        set groups = c.groups - gone.n
        from (select organization_id, count(*) as n from changed group by organization_id) gone
        where c.organization_id = gone.organization_id;
    end if;
    return null;
end $$;
