create or replace trigger keep_organization_count_insert after insert on groups.groups
    referencing new table as changed for each statement execute function groups.keep_organization_count();
create or replace trigger keep_organization_count_delete after delete on groups.groups
    referencing old table as changed for each statement execute function groups.keep_organization_count();
