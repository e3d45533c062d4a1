create or replace trigger follow_username after update of username_folded, email_folded, name_folded on members.users
    for each row when (old.username_folded is distinct from new.username_folded or old.email_folded is distinct from new.email_folded
        or old.name_folded is distinct from new.name_folded)
    execute function members.follow_username();

create or replace trigger keep_user_count_insert after insert on members.users
    referencing new table as changed for each statement execute function members.keep_user_count();
create or replace trigger keep_user_count_update after update on members.users
    for each row when (old.deleted is distinct from new.deleted or old.is_system is distinct from new.is_system)
    execute function members.keep_user_count();

create or replace trigger keep_user_status_changes_insert after insert on members.users
    referencing new table as changed for each statement execute function members.keep_user_status_changes();
create or replace trigger keep_user_status_changes_update after update on members.users
    referencing old table as before new table as changed for each statement execute function members.keep_user_status_changes();

create or replace trigger tell_user_standing_insert after insert on members.users
    referencing new table as changed for each statement execute function members.tell_user_standing();
create or replace trigger tell_user_standing_update after update on members.users
    referencing old table as before new table as changed for each statement execute function members.tell_user_standing();

create or replace trigger keep_set_up after insert on members.users
    referencing new table as made for each statement execute function members.keep_set_up();

-- The time of the last request is no part of what is counted: a request that only notes it changes no count.
create or replace trigger note_directory_change after insert or delete or update of
    username_folded, email_folded, name_folded, status, login_type, site_roles, github_user_id, is_service_account, is_system, deleted on members.users
    for each statement execute function members.note_directory_change();

create or replace trigger note_moves_insert after insert on members.users
    referencing new table as changed for each statement execute function members.note_user_moves();
create or replace trigger note_moves_update after update of username_folded, is_system, deleted on members.users
    for each row when (old.username_folded is distinct from new.username_folded or old.is_system is distinct from new.is_system or old.deleted is distinct from new.deleted)
    execute function members.note_user_moves();
