create or replace trigger keep_seats_insert after insert on entitlements.ai_seat_state
    referencing new table as changed for each statement execute function entitlements.keep_seats();
create or replace trigger keep_seats_update after update on entitlements.ai_seat_state
    referencing old table as before new table as changed for each statement execute function entitlements.keep_seats();
