-- Groups of an organization's members. The group of everybody is the organization itself: its members are nowhere stored again.
-- The *_folded columns hold the invariant lower-case form, written by the application.
create table groups.groups (
    id uuid primary key,
    organization_id uuid not null,
    name text collate "C" not null,
    name_folded text collate "C" not null,
    display_name text not null default '',
    display_name_folded text collate "C" not null default '',
    avatar_url text not null default '',
    quota_allowance integer not null default 0,
    source text not null default 'user' check (source in ('user', 'oidc')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- With case: an import may bring dev and Dev.
    unique (organization_id, name)
);

-- The display order, in one organization and everywhere.
create index groups_page on groups.groups (organization_id, name_folded, id);
create index groups_by_name on groups.groups (name_folded, id);

-- What an organization says about its group of everybody, once it says something.
create table groups.everybody (
    organization_id uuid primary key,
    avatar_url text not null default '',
    quota_allowance integer not null default 0
);

-- organization_id repeats that of the group: who leaves an organization is found in its groups at once.
-- sort_name repeats the username in lower case, so that a page in display order is one index range.
create table groups.group_members (
    group_id uuid not null references groups.groups (id),
    user_id uuid not null,
    organization_id uuid not null,
    sort_name text collate "C" not null,
    primary key (group_id, user_id)
);

create index group_members_page on groups.group_members (group_id, sort_name, user_id);
create index group_members_user on groups.group_members (user_id, organization_id) include (group_id);

-- Kept apart from the groups: whoever changes a group holds its row while somebody leaves the organization, who is waited for here only.
create table groups.group_counts (
    group_id uuid primary key references groups.groups (id) on delete cascade,
    members bigint not null default 0,
    -- Another one whenever the members are.
    version bigint not null default 0
);

create table groups.organization_counts (
    organization_id uuid primary key,
    groups bigint not null
);
