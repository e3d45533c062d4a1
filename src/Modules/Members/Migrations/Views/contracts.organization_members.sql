create or replace view contracts.organization_members as
select organization_id, user_id
from members.organization_members;

comment on view contracts.organization_members is 'Who belongs to which organization. Nobody who is deleted does.';
