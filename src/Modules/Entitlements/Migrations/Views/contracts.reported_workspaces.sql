create or replace view contracts.reported_workspaces as
select id, owner_id, organization_id, deleted
from entitlements.workspaces;
