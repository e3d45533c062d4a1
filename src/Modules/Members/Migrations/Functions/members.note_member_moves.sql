create or replace function members.note_member_moves() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        insert into members.moves (list, sort_name, delta, user_id)
        select list, sort_name, delta, new.user_id
        from (values (old.organization_id, old.sort_name, -1, old.is_system), (new.organization_id, new.sort_name, 1, new.is_system)) as move (list, sort_name, delta, is_system)
        where not is_system;
    else
        insert into members.moves (list, sort_name, delta, user_id)
        select organization_id, sort_name, case tg_op when 'INSERT' then 1 else -1 end, user_id from changed where not is_system;
    end if;
    return null;
end $$;
