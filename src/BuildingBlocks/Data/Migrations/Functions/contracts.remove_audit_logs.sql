create or replace function contracts.remove_audit_logs(ids uuid[]) returns bigint language sql security definer set search_path = '' as $$
    with removed as (
        delete from platform.audit_logs
        where id = any (ids)
        returning 1)
    select count(*)
    from removed;
$$;

comment on function contracts.remove_audit_logs is 'Removes rows whose time is over; answers how many there were. Only for the retention of the Audit module, which keeps the hash of what it removes.';
