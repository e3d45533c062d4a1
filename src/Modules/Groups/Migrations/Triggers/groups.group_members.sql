create or replace trigger keep_group_count_insert after insert on groups.group_members
    referencing new table as changed for each statement execute function groups.keep_group_count();
create or replace trigger keep_group_count_delete after delete on groups.group_members
    referencing old table as changed for each statement execute function groups.keep_group_count();
