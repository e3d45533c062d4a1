create or replace view contracts.group_members as
select group_id, user_id, organization_id
from groups.group_members;

comment on view contracts.group_members is 'Who is in which group; the groups of everybody are contracts.organization_members.';
