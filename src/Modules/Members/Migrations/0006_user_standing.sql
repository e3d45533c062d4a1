-- Tells the module that counts users and AI seats about every change that matters to it, whoever makes it.
create function members.tell_user_standing() returns trigger language plpgsql as $$
declare
    ids uuid[];
begin
    -- A replica of this version may run before the listener has migrated; the listener then reads everybody.
    if to_regprocedure('contracts.user_standing_changed(uuid[])') is null then
        return null;
    end if;
    if tg_op = 'INSERT' then
        ids := array(select id from changed);
    else
        ids := array(
            select changed.id
            from changed
            join before using (id)
            where (changed.status, changed.deleted, changed.is_system, changed.is_service_account)
                is distinct from (before.status, before.deleted, before.is_system, before.is_service_account));
    end if;
    if cardinality(ids) > 0 then
        perform contracts.user_standing_changed(ids);
    end if;
    return null;
end $$;

create trigger tell_user_standing_insert after insert on members.users
    referencing new table as changed for each statement execute function members.tell_user_standing();
create trigger tell_user_standing_update after update on members.users
    referencing old table as before new table as changed for each statement execute function members.tell_user_standing();
