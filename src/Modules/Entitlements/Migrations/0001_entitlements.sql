create table entitlements.deployment (
    id uuid primary key
);

insert into entitlements.deployment (id)
values (gen_random_uuid());

create table entitlements.licenses (
    id integer generated always as identity primary key,
    uploaded_at timestamptz not null,
    jwt text not null,
    exp timestamptz not null,
    uuid uuid not null
);

-- A license may be longer than a b-tree entry can be.
create unique index licenses_jwt_key on entitlements.licenses (sha256(jwt::bytea));

-- One row for each person who ever used AI, so that a look-up never scans events.
create table entitlements.ai_seat_state (
    user_id uuid primary key,
    first_used_at timestamptz not null,
    last_used_at timestamptz not null,
    last_event_type text not null check (last_event_type in ('aibridge', 'task')),
    last_event_description text not null,
    updated_at timestamptz not null
);

create index ai_seat_state_last_used on entitlements.ai_seat_state (last_used_at desc, user_id);

create table entitlements.interceptions (
    id uuid primary key,
    initiator_id uuid not null,
    provider text not null,
    model text not null,
    client text,
    started_at timestamptz not null,
    ended_at timestamptz,
    metadata json not null,
    reported_at timestamptz not null
);

create index interceptions_initiator on entitlements.interceptions (initiator_id, started_at desc);
create index interceptions_started on entitlements.interceptions (started_at desc, id desc);

create table entitlements.workspaces (
    id uuid primary key,
    owner_id uuid not null,
    organization_id uuid not null,
    name text not null,
    latest_build_number integer not null,
    deleted boolean not null default false
);

create index workspaces_owner on entitlements.workspaces (owner_id);
create index workspaces_organization on entitlements.workspaces (organization_id) where not deleted;

create table entitlements.workspace_builds (
    id uuid primary key,
    workspace_id uuid not null references entitlements.workspaces (id),
    build_number integer not null,
    transition text not null check (transition in ('start', 'stop', 'delete')),
    has_ai_task boolean not null,
    created_at timestamptz not null,
    reported_at timestamptz not null
);

create index workspace_builds_workspace on entitlements.workspace_builds (workspace_id);

-- The one predicate of an AI seat: flags and counts are both made of it.
create view contracts.ai_seat_holders as
select seat.user_id
from entitlements.ai_seat_state seat
join contracts.users person on person.id = seat.user_id
where person.is_active;

create view contracts.reported_workspaces as
select id, owner_id, organization_id, deleted
from entitlements.workspaces;
