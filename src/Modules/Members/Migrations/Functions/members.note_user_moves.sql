create or replace function members.note_user_moves() returns trigger language plpgsql as $$
declare
    everybody constant uuid = '00000000-0000-0000-0000-000000000000';
begin
    if tg_op = 'UPDATE' then
        insert into members.moves (list, sort_name, delta, user_id)
        select everybody, sort_name, delta, new.id
        from (values (old.username_folded, -1, old.deleted or old.is_system), (new.username_folded, 1, new.deleted or new.is_system)) as move (sort_name, delta, is_hidden)
        where not is_hidden;
    else
        insert into members.moves (list, sort_name, delta, user_id)
        select everybody, username_folded, 1, id from changed where not deleted and not is_system;
    end if;
    return null;
end $$;
