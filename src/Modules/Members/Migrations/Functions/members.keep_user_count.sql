create or replace function members.keep_user_count() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        update members.user_count
        set users = users + (select count(*) from changed where not deleted and not is_system);
    else
        update members.user_count
        set users = users + case when new.deleted or new.is_system then 0 else 1 end - case when old.deleted or old.is_system then 0 else 1 end;
    end if;
    return null;
end $$;
