create or replace view contracts.audit_logs as
select
    id,
    at,
    actor_id,
    action,
    resource_type,
    resource_id,
    target,
    organization_id,
    before,
    after,
    status,
    address,
    user_agent,
    request_id,
    operation,
    occurrences,
    last_at
from platform.audit_logs;

comment on view contracts.audit_logs is 'Who did what, when, from where, and how it ended. Rows are never changed.';
