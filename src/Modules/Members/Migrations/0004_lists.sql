-- The display order with everything that walking over skipped rows needs, so that a deep page reads no table.
create index users_page on members.users (username_folded, id) include (is_system) where not deleted;
drop index members.organization_members_page;
create index organization_members_page on members.organization_members (organization_id, sort_name, user_id) include (is_system);

-- Lists by status, and by status first: one range of this index for each status, in display order.
create index users_status on members.users (status, username_folded) include (is_system) where not deleted;

-- Lists by last use. Few people share a time, so that one direction of the index serves both.
create index users_last_seen on members.users (last_seen_at, username_folded) include (is_system) where not deleted;

-- What few people have.
create index users_site_roles on members.users using gin (site_roles) where not deleted;
create index users_service_accounts on members.users (username_folded) where is_service_account and not deleted;
create index users_github on members.users (github_user_id) where github_user_id <> 0 and not deleted;

create view contracts.searched_users as
select
    id,
    username,
    username_folded,
    email_folded,
    name,
    name_folded,
    avatar_url,
    status,
    login_type,
    site_roles,
    github_user_id,
    is_service_account,
    status = 'active' and not is_system as is_active,
    created_at,
    last_seen_at
from members.users
where not deleted;

comment on view contracts.searched_users is 'People who are not deleted, with what the search of users asks about. is_active is the half of the AI-seat predicate that speaks about people.';
