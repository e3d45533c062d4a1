create or replace trigger keep_ended_insert after insert on entitlements.interceptions
    referencing new table as changed for each statement execute function entitlements.keep_ended();
create or replace trigger keep_ended_update after update on entitlements.interceptions
    referencing old table as before new table as changed for each statement execute function entitlements.keep_ended();
create or replace trigger keep_ended_delete after delete on entitlements.interceptions
    referencing old table as before for each statement execute function entitlements.keep_ended();
