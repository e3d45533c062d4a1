create or replace function contracts.erase_audit_logs(person uuid, words text[], instead text) returns setof uuid language plpgsql security definer set search_path = '' as $$
begin
    return query update platform.audit_logs l
    set target = case when l.target = any (words) then instead else l.target end,
        before = platform.redact(l.before, words, instead),
        after = platform.redact(l.after, words, instead),
        address = case when l.actor_id = person then null else l.address end,
        user_agent = case when l.actor_id = person then null else l.user_agent end
    where (l.actor_id = person or l.resource_id = person)
      and (l.target = any (words)
        or platform.redact(l.before, words, instead) is distinct from l.before
        or platform.redact(l.after, words, instead) is distinct from l.after
        or l.actor_id = person and (l.address is not null or l.user_agent is not null))
    returning l.id;
end $$;

comment on function contracts.erase_audit_logs is 'Takes the names and addresses of a person out of the rows by them and about them; answers which were changed. Only for the Audit module, which keeps their hashes.';
