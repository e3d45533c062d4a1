create or replace view contracts.searched_users as
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
    last_seen_at,
    email,
    updated_at
from members.users
where not deleted;

comment on view contracts.searched_users is 'People who are not deleted, with what the search of users asks about. is_active is the half of the AI-seat predicate that speaks about people.';
