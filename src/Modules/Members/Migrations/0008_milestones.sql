-- Where every so many people stand in display order, counted from time to time; and who came and went since, by their names. So a page deep in a long list is found from a place near it, and nobody who writes waits
-- for anybody else. A list is an organization, or the zero uuid for all users.
create table members.milestones (
    list uuid not null,
    position bigint not null,
    sort_name text collate "C" not null,
    user_id uuid not null
);

create index milestones_position on members.milestones (list, position);

create table members.moves (
    list uuid not null,
    sort_name text collate "C" not null,
    delta integer not null,
    user_id uuid not null
);

create index moves_list on members.moves (list);
