-- Tells the module that counts users and AI seats about every change that matters to it, whoever makes it.
-- Without a join of the old rows with the new: a session keeps the plan of its first statement,
-- and a join that was planned for one user takes hours for a hundred thousand.
create or replace function members.tell_user_standing() returns trigger language plpgsql as $$
declare
    ids uuid[];
begin
    if tg_op = 'INSERT' then
        ids := array(select id from changed);
    else
        ids := array(
            select moved.id
            from (
                select id, status, deleted, is_system, is_service_account, username_folded from changed
                except
                select id, status, deleted, is_system, is_service_account, username_folded from before) moved);
    end if;
    if cardinality(ids) > 0 then
        perform contracts.user_standing_changed(ids);
    end if;
    return null;
end $$;
