-- Whoever makes a user sets the deployment up, by whatever way.
create or replace function members.keep_set_up() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from members.set_up) then
        insert into members.set_up (at)
        select min(created_at) from made where not is_system having count(*) > 0
        on conflict do nothing;
    end if;
    return null;
end $$;
