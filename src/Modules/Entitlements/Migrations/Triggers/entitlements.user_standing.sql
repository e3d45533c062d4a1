create or replace trigger keep_people_insert after insert on entitlements.user_standing
    referencing new table as changed for each statement execute function entitlements.keep_people();
create or replace trigger keep_people_update after update on entitlements.user_standing
    referencing old table as before new table as changed for each statement execute function entitlements.keep_people();
