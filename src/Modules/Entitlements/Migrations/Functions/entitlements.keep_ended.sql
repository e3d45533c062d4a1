create or replace function entitlements.keep_ended() returns trigger language plpgsql as $$
declare
    ended bigint := 0;
begin
    if tg_op <> 'DELETE' then
        ended := (select count(*) from changed where ended_at is not null);
    end if;
    if tg_op <> 'INSERT' then
        ended := ended - (select count(*) from before where ended_at is not null);
    end if;
    if ended <> 0 then
        perform entitlements.add_usage(0, 0, 0, 0, ended);
    end if;
    return null;
end $$;
