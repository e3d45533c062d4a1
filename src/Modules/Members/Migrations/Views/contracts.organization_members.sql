create or replace view contracts.organization_members as
select organization_id, user_id, sort_name, is_system
from members.organization_members;

comment on view contracts.organization_members is 'Who belongs to which organization. Nobody who is deleted does. sort_name is the username in lower case: with organization_id it is the display order.';
