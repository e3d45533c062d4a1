-- :rows rows of the audit log over a year, by one statement. They are not sealed: audit verify would call them strays.
-- 1,000 actors, the first of them busy; 100 organizations; one row in fifty was refused. Run it on an empty deployment, without its server.
\set ON_ERROR_STOP on
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
drop index platform.audit_logs_at, platform.audit_logs_request, platform.audit_logs_resource, platform.audit_logs_type, platform.audit_logs_type_action, platform.audit_logs_action,
    platform.audit_logs_actor, platform.audit_logs_organization, platform.audit_logs_target, platform.audit_logs_refused, platform.audit_logs_deleted;

insert into platform.audit_logs (id, at, actor_id, action, resource_type, resource_id, target, organization_id, after, status, address, request_id)
select
    (lpad(to_hex((extract(epoch from row.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid,
    row.at,
    ('00000000-0000-4000-8000-' || lpad(to_hex(case when i % 2 = 0 then 0 else i % 1000 end), 12, '0'))::uuid,
    (array['write', 'create', 'login', 'write', 'delete', 'logout', 'login', 'write'])[1 + i % 8],
    (array['user', 'organization_member', 'api_key', 'user', 'organization_member', 'api_key', 'api_key', 'custom_role'])[1 + i % 8],
    ('00000000-0000-4000-9000-' || lpad(to_hex(i % 100000), 12, '0'))::uuid,
    'user' || i % 100000,
    case when i % 8 in (1, 4, 7) then ('00000000-0000-4000-a000-' || lpad(to_hex(i % 100), 12, '0'))::uuid end,
    '{"status": "active"}',
    case when i % 50 = 0 then 403 else 200 end,
    '10.0.0.1',
    'r-' || i
from generate_series(1, :rows) i
cross join lateral (select timestamptz '2026-01-01' + i * (interval '360 days' / :rows) as at) row;

create index audit_logs_at on platform.audit_logs (at desc, id desc);
create index audit_logs_request on platform.audit_logs (request_id) where request_id is not null;
create index audit_logs_resource on platform.audit_logs (resource_id, at desc, id desc) where resource_id is not null;
create index audit_logs_type on platform.audit_logs (resource_type, at desc, id desc);
create index audit_logs_type_action on platform.audit_logs (resource_type, action, at desc, id desc);
create index audit_logs_action on platform.audit_logs (action, at desc, id desc);
create index audit_logs_actor on platform.audit_logs (actor_id, at desc, id desc) where actor_id is not null;
create index audit_logs_organization on platform.audit_logs (organization_id, at desc, id desc) where organization_id is not null;
create index audit_logs_target on platform.audit_logs (target, at desc, id desc) where target is not null;
create index audit_logs_refused on platform.audit_logs (at desc, id desc) where status >= 400;
create index audit_logs_deleted on platform.audit_logs (resource_id, resource_type) where action = 'delete' and status < 400;

insert into audit.counts (organization_id, resource_type, action, is_refused, rows)
select coalesce(organization_id, '00000000-0000-0000-0000-000000000000'), resource_type, action, status >= 400, count(*)
from platform.audit_logs
group by 1, 2, 3, 4;

vacuum (analyze) platform.audit_logs;
analyze audit.counts;
