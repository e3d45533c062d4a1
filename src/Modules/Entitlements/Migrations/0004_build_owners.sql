-- A workspace may change hands: each build says whose it was, and that never changes.
alter table entitlements.workspace_builds add column owner_id uuid;

update entitlements.workspace_builds build
set owner_id = workspace.owner_id
from entitlements.workspaces workspace
where workspace.id = build.workspace_id;

alter table entitlements.workspace_builds alter column owner_id set not null;

create index workspace_builds_evidence on entitlements.workspace_builds (owner_id, created_at) where transition = 'start' and has_ai_task;

-- Only a build that is new may touch its workspace, so builds are stored before the workspaces that they tell of.
alter table entitlements.workspace_builds alter constraint workspace_builds_workspace_id_fkey deferrable initially deferred;
