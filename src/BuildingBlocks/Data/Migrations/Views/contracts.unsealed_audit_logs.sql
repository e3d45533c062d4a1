create or replace view contracts.unsealed_audit_logs as
select id
from platform.unsealed_audit_logs;

comment on view contracts.unsealed_audit_logs is 'The rows of contracts.audit_logs that wait for contracts.take_unsealed_audit_logs.';
