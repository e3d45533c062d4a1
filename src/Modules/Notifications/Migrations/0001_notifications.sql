-- What is watched, and how far each rule has told: level is the number of its steps that somebody was told of and that were not left again.
create table notifications.rules (
    rule text primary key,
    enabled boolean not null,
    thresholds integer[] not null,
    level integer not null default 0,
    reading text,
    told_at timestamptz,
    looked_at timestamptz,
    -- The replica that looks puts it off first, so that no other one looks at the same moment.
    due_at timestamptz not null default '1970-01-01Z'
);

insert into notifications.rules (rule, enabled, thresholds) values
    ('seats_used', true, '{80,90,100}'),
    ('seats_projected_full', true, '{30}'),
    ('license_ends', true, '{30,7,1}'),
    ('users_become_dormant', true, '{7}'),
    ('audit_chain_broken', true, '{24}');

create table notifications.targets (
    id uuid primary key,
    name text not null unique,
    kind text not null check (kind in ('email', 'webhook')),
    enabled boolean not null,
    url text,
    recipients text[] not null default '{}',
    -- Encrypted with the keys of the deployment; no list and no log reads it.
    secret text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table notifications.messages (
    id uuid primary key,
    rule text not null,
    subject text not null,
    body text not null,
    data jsonb not null,
    created_at timestamptz not null
);

-- One message for one target: stored in the transaction that found out, taken by one replica at a time.
-- The target is named again, because it may be gone by now.
create table notifications.deliveries (
    id uuid primary key,
    message_id uuid not null references notifications.messages (id),
    target_id uuid not null,
    target_name text not null,
    kind text not null,
    status text not null default 'waiting' check (status in ('waiting', 'sent', 'dead')),
    attempts integer not null default 0,
    due_at timestamptz not null,
    last_error text,
    created_at timestamptz not null,
    finished_at timestamptz
);

create index deliveries_due on notifications.deliveries (due_at, id) where status = 'waiting';
create index deliveries_by_status on notifications.deliveries (status, id desc);
create index deliveries_by_target on notifications.deliveries (target_id) where status = 'waiting';
create index deliveries_finished on notifications.deliveries (finished_at) where finished_at is not null;
create index deliveries_message on notifications.deliveries (message_id);
