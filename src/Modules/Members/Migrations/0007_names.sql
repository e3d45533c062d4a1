-- A membership repeats the full name, too: a search for it walks the index of the display order, or the text index, as one for the username does.
alter table members.organization_members
    add column name_folded text collate "C" not null default '';

update members.organization_members m
set name_folded = u.name_folded
from members.users u
where u.id = m.user_id
    and u.name_folded <> '';

drop index members.organization_members_page;
create index organization_members_page on members.organization_members (organization_id, sort_name, user_id) include (is_system, email_folded, name_folded);
create index organization_members_name_search on members.organization_members using gin (name_folded gin_trgm_ops);

drop index members.users_page;
create index users_page on members.users (username_folded, id) include (is_system, email_folded, name_folded) where not deleted;

analyze members.users, members.organization_members;
