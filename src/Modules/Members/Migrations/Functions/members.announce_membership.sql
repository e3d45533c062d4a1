-- Tells the module that counts AI seats by organization about every membership that comes or goes, whoever makes or removes it.
create or replace function members.announce_membership() returns trigger language plpgsql as $$
begin
    perform contracts.memberships_changed(array_agg(organization_id), array_agg(user_id), case tg_op when 'INSERT' then 1 else -1 end)
    from changed
    having count(*) > 0;
    return null;
end $$;
