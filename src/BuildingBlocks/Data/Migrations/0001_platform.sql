-- Who did what, when, from where, and how it ended. Written in the transaction of the command.
create table platform.audit_logs (
    id uuid primary key,
    at timestamptz not null,
    actor_id uuid,
    action text not null,
    resource_type text not null,
    resource_id uuid,
    target text,
    organization_id uuid,
    before jsonb,
    after jsonb,
    status int not null,
    address text,
    user_agent text
);

create index audit_logs_at on platform.audit_logs (at desc, id desc);
create index audit_logs_resource on platform.audit_logs (resource_type, resource_id);
