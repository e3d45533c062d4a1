-- Lists at the size of a million. A membership repeats the e-mail address as it repeats the username: a search of members walks one index in display order, or one text index, and looks at no user but those of the page.
alter table members.organization_members
    add column email_folded text collate "C" not null default '';

update members.organization_members m
set email_folded = u.email_folded
from members.users u
where u.id = m.user_id
    and u.email_folded <> '';

drop index members.organization_members_page;
create index organization_members_page on members.organization_members (organization_id, sort_name, user_id) include (is_system, email_folded);
create index organization_members_search on members.organization_members using gin (sort_name gin_trgm_ops, email_folded gin_trgm_ops);

-- Those who hold a role of their own, in display order.
drop index members.organization_members_with_roles;
create index organization_members_with_roles on members.organization_members (organization_id, sort_name, user_id) include (roles, is_system) where roles <> '{}';

drop index members.users_page;
create index users_page on members.users (username_folded, id) include (is_system, email_folded) where not deleted;

-- Whatever changes who is in a list, or what a list can be filtered by, counts here in its transaction, the time of the last request aside: as long as the sum stays, a count that was made stays right.
-- Nobody waits for a bucket: a writer takes its own, or any other that is free at this moment.
create table members.directory_changes (
    bucket integer primary key,
    changes bigint not null default 0
) with (fillfactor = 10);

insert into members.directory_changes (bucket)
select generate_series(0, 63);

analyze members.users, members.organization_members;
