-- Holders who come and go, in every organization they belong to.
create or replace function entitlements.move_organizations(taken integer, gained uuid[], lost uuid[]) returns void language sql as $$
    insert into entitlements.organization_ai_seats as kept (organization_id, bucket, seats)
    select organization_id, taken, sum(amount)
    from (
        select user_id, 1 as amount from unnest(gained) came (user_id)
        union all
        select user_id, -1 from unnest(lost) went (user_id)) moved
    join contracts.organization_members using (user_id)
    group by organization_id
    having sum(amount) <> 0
    on conflict (organization_id, bucket) do update
    set seats = kept.seats + excluded.seats
$$;
