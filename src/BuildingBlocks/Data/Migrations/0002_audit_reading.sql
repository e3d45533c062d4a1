-- Rows that have no place in the chain of the audit log yet. They are written with the row; who seals takes them from here.
create table platform.unsealed_audit_logs (
    id uuid primary key
);

insert into platform.unsealed_audit_logs (id)
select id
from platform.audit_logs;

-- Each filter of the log is a range in its order, newest first.
drop index platform.audit_logs_resource;
create index audit_logs_resource on platform.audit_logs (resource_id, at desc, id desc) where resource_id is not null;
create index audit_logs_type on platform.audit_logs (resource_type, at desc, id desc);
create index audit_logs_type_action on platform.audit_logs (resource_type, action, at desc, id desc);
create index audit_logs_action on platform.audit_logs (action, at desc, id desc);
create index audit_logs_actor on platform.audit_logs (actor_id, at desc, id desc) where actor_id is not null;
create index audit_logs_organization on platform.audit_logs (organization_id, at desc, id desc) where organization_id is not null;
create index audit_logs_target on platform.audit_logs (target, at desc, id desc) where target is not null;
create index audit_logs_refused on platform.audit_logs (at desc, id desc) where status >= 400;

-- Is it deleted? One probe for each row that is shown.
create index audit_logs_deleted on platform.audit_logs (resource_id, resource_type) where action = 'delete' and status < 400;

-- What is seldom done to a kind of thing must look so, or the whole log is walked for it.
create statistics platform.audit_logs_type_action (mcv) on resource_type, action from platform.audit_logs;
