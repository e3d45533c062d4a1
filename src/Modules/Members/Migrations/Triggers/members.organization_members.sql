create or replace trigger keep_member_count_insert after insert on members.organization_members
    referencing new table as changed for each statement execute function members.keep_member_count();
create or replace trigger keep_member_count_delete after delete on members.organization_members
    referencing old table as changed for each statement execute function members.keep_member_count();

-- Triggers fire by name: the listener takes what it knows of the users before anybody queues for the row of the organization.
create or replace trigger announce_membership_insert after insert on members.organization_members
    referencing new table as changed for each statement execute function members.announce_membership();
create or replace trigger announce_membership_delete after delete on members.organization_members
    referencing old table as changed for each statement execute function members.announce_membership();

create or replace trigger keep_member_email before insert on members.organization_members
    for each row when (new.email_folded = '' or new.name_folded = '')
    execute function members.keep_member_email();

create or replace trigger note_directory_change after insert or delete or update on members.organization_members
    for each statement execute function members.note_directory_change();

create or replace trigger note_moves_insert after insert on members.organization_members
    referencing new table as changed for each statement execute function members.note_member_moves();
create or replace trigger note_moves_delete after delete on members.organization_members
    referencing old table as changed for each statement execute function members.note_member_moves();
create or replace trigger note_moves_update after update of organization_id, sort_name, is_system on members.organization_members
    for each row when (old.organization_id is distinct from new.organization_id or old.sort_name is distinct from new.sort_name or old.is_system is distinct from new.is_system)
    execute function members.note_member_moves();
