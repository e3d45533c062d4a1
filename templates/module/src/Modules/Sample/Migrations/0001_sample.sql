-- Notes are short, and no two have the same title.
create table sample.notes (
    id uuid primary key,
    title text not null unique,
    created_by uuid not null,
    created_at timestamptz not null
);

create index notes_newest on sample.notes (created_at desc, id desc);
