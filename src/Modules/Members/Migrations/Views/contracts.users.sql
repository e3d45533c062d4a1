create or replace view contracts.users as
select
    id,
    username,
    name,
    avatar_url,
    status,
    is_service_account,
    is_system,
    deleted,
    status = 'active' and not deleted and not is_system as is_active,
    username_folded,
    email,
    email_folded,
    login_type,
    site_roles,
    created_at,
    updated_at,
    last_seen_at
from members.users;

comment on view contracts.users is 'Who exists. is_active is the half of the AI-seat predicate that speaks about people.';
