-- The same as before without a join of the old rows with the new: a session keeps the plan of its first statement,
-- and a join that was planned for one user takes hours for a hundred thousand.
create or replace function members.tell_user_standing() returns trigger language plpgsql as $$
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
            select moved.id
            from (
                select id, status, deleted, is_system, is_service_account from changed
                except
                select id, status, deleted, is_system, is_service_account from before) moved);
    end if;
    if cardinality(ids) > 0 then
        perform contracts.user_standing_changed(ids);
    end if;
    return null;
end $$;
