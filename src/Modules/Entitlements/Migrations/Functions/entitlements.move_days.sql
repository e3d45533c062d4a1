create or replace function entitlements.move_days(taken integer, days date[], amounts bigint[]) returns void language sql as $$
    insert into entitlements.ai_seat_first_uses as kept (day, bucket, seats)
    select day, taken, sum(amount)
    from unnest(days, amounts) moved (day, amount)
    group by day
    having sum(amount) <> 0
    on conflict (day, bucket) do update
    set seats = kept.seats + excluded.seats
$$;
