-- In the order of the groups: several people who leave the same groups wait for each other and never both.
create or replace function groups.keep_group_count() returns trigger language plpgsql as $$
begin
    perform 1
    from groups.group_counts
    where group_id in (select group_id from changed)
    order by group_id
    for no key update;

    update groups.group_counts c
    set members = c.members + moved.n * case tg_op when 'INSERT' then 1 else -1 end,
        version = c.version + 1
    from (select group_id, count(*) as n from changed group by group_id) moved
    where c.group_id = moved.group_id;
    return null;
end $$;
