create or replace function members.keep_member_count() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into members.organization_counts as c (organization_id, members)
        select organization_id, count(*) from changed where not is_system group by organization_id order by organization_id
        on conflict (organization_id) do update set members = c.members + excluded.members;
    else
        update members.organization_counts c
        set members = c.members - gone.n
        from (select organization_id, count(*) as n from changed where not is_system group by organization_id) gone
        where c.organization_id = gone.organization_id;
    end if;
    return null;
end $$;
