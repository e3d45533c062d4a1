create or replace view contracts.groups as
select id, organization_id, name_folded
from groups.groups;

comment on view contracts.groups is 'Groups besides those of everybody, with their names in lower case.';
