create or replace view contracts.organization_counts as
select organization_id, members
from members.organization_counts;

comment on view contracts.organization_counts is 'How many members each organization has, system users aside; no row before the first one.';
