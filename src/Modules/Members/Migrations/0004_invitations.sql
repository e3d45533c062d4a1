-- A link by which somebody chooses a password, once. A user has one at most: a new one replaces it.
create table members.invitations (
    user_id uuid primary key references members.users (id),
    token_id text not null unique,
    secret_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
