create view contracts.organization_members as
select organization_id, user_id
from members.organization_members;

comment on view contracts.organization_members is 'Who belongs to which organization. Nobody who is deleted does.';

-- Tells the module that counts AI seats by organization about every membership that comes or goes, whoever makes or removes it.
create function members.announce_membership() returns trigger language plpgsql as $$
begin
    -- A replica of this version may run before the listener has migrated; the listener then reads everybody.
    if to_regprocedure('contracts.memberships_changed(uuid[], uuid[], integer)') is null then
        return null;
    end if;
    perform contracts.memberships_changed(array_agg(organization_id), array_agg(user_id), case tg_op when 'INSERT' then 1 else -1 end)
    from changed
    having count(*) > 0;
    return null;
end $$;

-- Triggers fire by name: the listener takes what it knows of the users before anybody queues for the row of the organization.
create trigger announce_membership_insert after insert on members.organization_members
    referencing new table as changed for each statement execute function members.announce_membership();
create trigger announce_membership_delete after delete on members.organization_members
    referencing old table as changed for each statement execute function members.announce_membership();
