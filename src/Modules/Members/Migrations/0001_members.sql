-- People, their sessions, organizations and memberships.
-- The *_folded columns hold the invariant lower-case form, written by the application: search, order and
-- uniqueness then mean the same in memory and in every database, whatever its locale.

create table members.users (
    id uuid primary key,
    username text not null,
    username_folded text collate "C" not null,
    email text not null,
    email_folded text collate "C" not null,
    name text not null default '',
    name_folded text collate "C" not null default '',
    avatar_url text not null default '',
    password_hash text not null default '',
    status text not null check (status in ('active', 'dormant', 'suspended')),
    login_type text not null,
    site_roles text[] not null default '{}',
    github_user_id bigint not null default 0,
    is_service_account boolean not null default false,
    is_system boolean not null default false,
    deleted boolean not null default false,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    last_seen_at timestamptz not null default '-infinity'
);

create unique index users_username on members.users (username_folded) where not deleted;
create unique index users_email on members.users (email_folded) where not deleted and email_folded <> '';
create index users_username_search on members.users using gin (username_folded gin_trgm_ops);
create index users_email_search on members.users using gin (email_folded gin_trgm_ops);
create index users_name_search on members.users using gin (name_folded gin_trgm_ops);

-- The display order with everything that walking over skipped rows needs, so that a deep page reads no table.
create index users_page on members.users (username_folded, id) include (is_system) where not deleted;

-- Lists by status, and by status first: one range of this index for each status, in display order.
create index users_status on members.users (status, username_folded) include (is_system) where not deleted;

-- Lists by last use. Few people share a time, so that one direction of the index serves both.
create index users_last_seen on members.users (last_seen_at, username_folded) include (is_system) where not deleted;

-- What few people have.
create index users_site_roles on members.users using gin (site_roles) where not deleted;
create index users_service_accounts on members.users (username_folded) where is_service_account and not deleted;
create index users_github on members.users (github_user_id) where github_user_id <> 0 and not deleted;

create table members.api_keys (
    id text primary key,
    secret_hash bytea not null,
    user_id uuid not null references members.users (id),
    login_type text not null,
    token_name text not null default '',
    scopes text[] not null,
    lifetime_seconds bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    last_used timestamptz not null default '-infinity',
    expires_at timestamptz not null,
    -- What a key may touch.
    allow_list text[] not null default '{*:*}'
);

create index api_keys_user on members.api_keys (user_id);
create unique index api_keys_token_name on members.api_keys (user_id, token_name) where login_type = 'token';
create index api_keys_tokens on members.api_keys (created_at, id) where login_type = 'token';

-- What people keep for themselves.
create table members.user_settings (
    user_id uuid primary key references members.users (id),
    theme_preference text not null default '',
    terminal_font text not null default '',
    task_notification_alert_dismissed boolean not null default false
);

create table members.organizations (
    id uuid primary key,
    name text not null,
    name_folded text collate "C" not null,
    display_name text not null,
    description text not null default '',
    icon text not null default '',
    is_default boolean not null default false,
    default_org_member_roles text[] not null default '{organization-workspace-access}',
    deleted boolean not null default false,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create unique index organizations_name on members.organizations (name_folded) where not deleted;
create unique index organizations_default on members.organizations (is_default) where is_default;

-- sort_name repeats users.username_folded, so that a page in display order is one index range.
create table members.organization_members (
    organization_id uuid not null references members.organizations (id),
    user_id uuid not null references members.users (id),
    sort_name text collate "C" not null,
    is_system boolean not null default false,
    roles text[] not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (organization_id, user_id)
);

-- The display order, as users_page.
create index organization_members_page on members.organization_members (organization_id, sort_name, user_id) include (is_system);
create index organization_members_user on members.organization_members (user_id);

-- Few members hold a role that is theirs alone: found, and counted, without a look at the others.
create index organization_members_roles on members.organization_members using gin (roles);
create index organization_members_with_roles on members.organization_members (organization_id) include (roles, is_system) where roles <> '{}';

-- Counts without a filter are kept, not counted.
create table members.organization_counts (
    organization_id uuid primary key references members.organizations (id),
    members bigint not null
);

create table members.user_count (
    singleton boolean primary key default true check (singleton),
    users bigint not null
);

insert into members.user_count (users) values (0);

-- How the number of people in each status changed, hour by hour: a series costs the hours of its history, not the people.
-- Deleted users, system users and service accounts are not counted, as in the limit that the series is compared with.
create table members.user_status_changes (
    hour timestamptz not null,
    status text not null,
    delta bigint not null,
    primary key (hour, status)
);

-- That the deployment was set up is a fact that stays, whoever is deleted later: nobody but the operator makes a first owner again.
create table members.set_up (
    singleton boolean primary key default true check (singleton),
    at timestamptz not null
);
