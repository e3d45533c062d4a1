create or replace function contracts.take_unsealed_audit_logs(amount integer) returns setof uuid language sql security definer set search_path = '' as $$
    delete from platform.unsealed_audit_logs
    where id in (
        select waiting.id
        from platform.unsealed_audit_logs waiting
        join platform.audit_logs using (id)
        order by waiting.id
        limit amount)
    returning id;
$$;

comment on function contracts.take_unsealed_audit_logs is 'Takes rows that wait to be sealed, the oldest first. They are sealed in the same transaction, by one process at a time. Ids whose row is gone stay.';
