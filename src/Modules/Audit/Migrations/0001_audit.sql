-- The chain: each row of the log has a place in it, and a hash of itself and of the hash before.
create table audit.seals (
    position bigint primary key,
    row_id uuid not null unique,
    hash bytea not null
);

-- Pieces of the chain that are removed as a whole when their time is over. What is left of a removed one is its last hash,
-- from which the chain goes on. The last segment is where the chain ends.
create table audit.segments (
    number bigint primary key,
    first_position bigint not null,
    last_position bigint not null,
    last_at timestamptz not null,
    last_hash bytea not null,
    removed_at timestamptz
);

-- How many sealed rows there are of each kind; those without organization stand under the zero uuid.
create table audit.counts (
    organization_id uuid not null,
    resource_type text not null,
    action text not null,
    is_refused boolean not null,
    rows bigint not null,
    primary key (organization_id, resource_type, action, is_refused)
);
