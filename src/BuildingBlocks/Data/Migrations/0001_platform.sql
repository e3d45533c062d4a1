-- Who did what, when, from where, and how it ended. Written in the transaction of the command.
-- Refused writes leave a row. A flood of them is one row a minute that says how often.
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
    user_agent text,
    request_id text,
    operation text,
    occurrences int not null default 1,
    last_at timestamptz
);

create index audit_logs_at on platform.audit_logs (at desc, id desc);
create index audit_logs_resource on platform.audit_logs (resource_type, resource_id);
create index audit_logs_request on platform.audit_logs (request_id) where request_id is not null;

comment on column platform.audit_logs.operation is 'Of a refusal that named nothing: the command or the route.';
comment on column platform.audit_logs.occurrences is 'How many refusals the row stands for, between at and last_at.';

-- The keys that protect forms and messages of pages. Every replica uses the same ones.
create table platform.form_keys (
    id bigint generated always as identity primary key,
    name text not null,
    xml text not null,
    created_at timestamptz not null default now()
);

-- Work that must not undo the command that caused it: stored with the command, carried out after it. What is done is gone;
-- what was given up stays for thirty days, for somebody to look at.
create table platform.outbox (
    event_id uuid not null,
    handler text not null,
    event text not null,
    payload jsonb not null,
    stored_at timestamptz not null,
    attempts int not null default 0,
    due_at timestamptz not null,
    last_error text,
    dead_at timestamptz,
    primary key (event_id, handler)
);

create index outbox_due on platform.outbox (due_at) where dead_at is null;
create index outbox_dead on platform.outbox (dead_at) where dead_at is not null;
