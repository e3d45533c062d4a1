-- Custom roles of organizations. Built-in and system roles live in code and have no rows.
create table roles.custom_roles (
    id uuid primary key,
    organization_id uuid not null,
    name text not null check (name = lower(name)),
    display_name text not null default '',
    permissions jsonb not null default '[]' check (jsonb_typeof(permissions) = 'array'),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    unique (organization_id, name)
);
