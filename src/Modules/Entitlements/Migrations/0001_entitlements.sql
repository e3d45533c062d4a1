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
-- counted: evidence, and the user is active. The one predicate of an AI seat: flags and counts are both made of it.
-- The list of seats is in the order of usernames: the name is kept beside the evidence, so that a page is one index range.
create table entitlements.ai_seat_state (
    user_id uuid primary key,
    first_used_at timestamptz not null,
    last_used_at timestamptz not null,
    last_event_type text not null check (last_event_type in ('aibridge', 'task')),
    last_event_description text not null,
    updated_at timestamptz not null,
    counted boolean not null,
    is_service_account boolean not null,
    is_deleted boolean not null default false,
    sort_name text collate "C" not null
);

create index ai_seat_state_last_used on entitlements.ai_seat_state (last_used_at desc, user_id);
create index ai_seat_state_page on entitlements.ai_seat_state (sort_name, user_id) include (counted) where not is_deleted;
create index ai_seat_state_first_used on entitlements.ai_seat_state (first_used_at, user_id);

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

-- The list of interceptions shows ended ones only, newest first.
create index interceptions_ended on entitlements.interceptions (started_at desc, id desc) where ended_at is not null;
create index interceptions_ended_initiator on entitlements.interceptions (initiator_id, started_at desc, id desc) where ended_at is not null;
create index interceptions_ended_provider on entitlements.interceptions (provider, started_at desc, id desc) where ended_at is not null;
create index interceptions_ended_model on entitlements.interceptions (model, started_at desc, id desc) where ended_at is not null;

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

-- A workspace may change hands: each build says whose it was, and that never changes.
-- Only a build that is new may touch its workspace, so builds are stored before the workspaces that they tell of.
create table entitlements.workspace_builds (
    id uuid primary key,
    workspace_id uuid not null references entitlements.workspaces (id) deferrable initially deferred,
    build_number integer not null,
    transition text not null check (transition in ('start', 'stop', 'delete')),
    has_ai_task boolean not null,
    created_at timestamptz not null,
    reported_at timestamptz not null,
    owner_id uuid not null
);

create index workspace_builds_workspace on entitlements.workspace_builds (workspace_id);
create index workspace_builds_evidence on entitlements.workspace_builds (owner_id, created_at) where transition = 'start' and has_ai_task;

-- The half of the AI-seat predicate that speaks about people, told by their module in the transaction of the change.
create table entitlements.user_standing (
    user_id uuid primary key,
    is_active boolean not null,
    is_service_account boolean not null,
    is_deleted boolean not null default false,
    sort_name text collate "C" not null
);

-- What limits ask about is kept, not counted: the sum over the buckets is the count. Nobody waits for a bucket: a writer takes its own,
-- or any other that is free at this moment. The room left in each page keeps the updates away from the index.
create table entitlements.usage_counts (
    bucket integer primary key,
    active_people bigint not null default 0,
    ai_seats bigint not null default 0,
    service_account_seats bigint not null default 0,
    ended_interceptions bigint not null default 0,
    people_with_evidence bigint not null default 0
) with (fillfactor = 10);

insert into entitlements.usage_counts (bucket)
select generate_series(0, 63);

-- Counted seats by the UTC day of their first use: what the projection is made of.
create table entitlements.ai_seat_first_uses (
    day date not null,
    bucket integer not null,
    seats bigint not null,
    primary key (day, bucket)
);

-- Holders of each organization: the sum over the buckets.
create table entitlements.organization_ai_seats (
    organization_id uuid not null,
    bucket integer not null,
    seats bigint not null,
    primary key (organization_id, bucket)
);

-- Start builds of task workspaces by UTC day: the actual of managed_agent_limit.
create table entitlements.task_starts (
    day date not null,
    bucket integer not null,
    builds bigint not null,
    primary key (day, bucket)
);

-- One row a UTC day: the last look of that day.
create table entitlements.ai_seat_days (
    day date primary key,
    holders bigint not null,
    seat_limit bigint,
    recorded_at timestamptz not null
);
