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
    status = 'active' and not deleted and not is_system as is_active
from members.users;

comment on view contracts.users is 'Who exists. is_active is the half of the AI-seat predicate that speaks about people.';
