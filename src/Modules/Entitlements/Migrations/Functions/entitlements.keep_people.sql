create or replace function entitlements.keep_people() returns trigger language plpgsql as $$
declare
    people bigint := (select count(*) from changed where is_active and not is_service_account);
begin
    if tg_op = 'UPDATE' then
        people := people - (select count(*) from before where is_active and not is_service_account);
    end if;
    if people <> 0 then
        perform entitlements.add_usage(people, 0, 0, 0, 0);
    end if;
    return null;
end $$;
