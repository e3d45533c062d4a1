-- That the deployment was set up is a fact that stays, whoever is deleted later: nobody but the operator makes a first owner again.
create table members.set_up (
    singleton boolean primary key default true check (singleton),
    at timestamptz not null
);

insert into members.set_up (at)
select min(created_at)
from members.users
where not is_system
having count(*) > 0;

-- Whoever makes a user sets the deployment up, by whatever way.
create function members.keep_set_up() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from members.set_up) then
        insert into members.set_up (at)
        select min(created_at) from made where not is_system having count(*) > 0
        on conflict do nothing;
    end if;
    return null;
end $$;

create trigger keep_set_up after insert on members.users
    referencing new table as made for each statement execute function members.keep_set_up();
