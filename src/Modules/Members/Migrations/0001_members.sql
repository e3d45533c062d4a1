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
    expires_at timestamptz not null
);

create index api_keys_user on members.api_keys (user_id);

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

create index organization_members_page on members.organization_members (organization_id, sort_name, user_id);
create index organization_members_user on members.organization_members (user_id);

create function members.follow_username() returns trigger language plpgsql as $$
begin
    update members.organization_members set sort_name = new.username_folded where user_id = new.id;
    return null;
end $$;

create trigger follow_username after update of username_folded on members.users
    for each row when (old.username_folded is distinct from new.username_folded)
    execute function members.follow_username();

-- Counts without a filter are kept, not counted.
create table members.organization_counts (
    organization_id uuid primary key references members.organizations (id),
    members bigint not null
);

create function members.keep_member_count() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into members.organization_counts as c (organization_id, members)
        select organization_id, count(*) from changed where not is_system group by organization_id order by organization_id
        on conflict (organization_id) do update set members = c.members + excluded.members;
    else
        update members.organization_counts c
        set members = c.members - gone.n
        from (select organization_id, count(*) as n from changed where not is_system group by organization_id) gone
        where c.organization_id = gone.organization_id;
    end if;
    return null;
end $$;

create trigger keep_member_count_insert after insert on members.organization_members
    referencing new table as changed for each statement execute function members.keep_member_count();
create trigger keep_member_count_delete after delete on members.organization_members
    referencing old table as changed for each statement execute function members.keep_member_count();

create table members.user_count (
    singleton boolean primary key default true check (singleton),
    users bigint not null
);

insert into members.user_count (users) values (0);

create function members.keep_user_count() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        update members.user_count
        set users = users + (select count(*) from changed where not deleted and not is_system);
    else
        update members.user_count
        set users = users + case when new.deleted or new.is_system then 0 else 1 end - case when old.deleted or old.is_system then 0 else 1 end;
    end if;
    return null;
end $$;

create trigger keep_user_count_insert after insert on members.users
    referencing new table as changed for each statement execute function members.keep_user_count();
create trigger keep_user_count_update after update on members.users
    for each row when (old.deleted is distinct from new.deleted or old.is_system is distinct from new.is_system)
    execute function members.keep_user_count();

create view contracts.users as
select
    id,
    username,
    name,
    avatar_url,
    status,
    is_service_account,
    is_system,
    deleted,
    status = 'active' and not deleted and not is_system as is_active
from members.users;

comment on view contracts.users is 'Who exists. is_active is the half of the AI-seat predicate that speaks about people.';

create view contracts.organizations as
select id, name, display_name, deleted
from members.organizations;

comment on view contracts.organizations is 'Organizations, deleted ones included.';
