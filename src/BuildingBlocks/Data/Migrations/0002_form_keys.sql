-- The keys that protect forms and messages of pages. Every replica uses the same ones.
create table platform.form_keys (
    id bigint generated always as identity primary key,
    name text not null,
    xml text not null,
    created_at timestamptz not null default now()
);
