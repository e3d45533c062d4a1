create or replace view contracts.organizations as
select id, name, display_name, deleted
from members.organizations;

comment on view contracts.organizations is 'Organizations, deleted ones included.';
