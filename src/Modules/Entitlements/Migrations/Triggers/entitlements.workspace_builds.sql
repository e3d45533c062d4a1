create or replace trigger keep_task_starts after insert on entitlements.workspace_builds
    referencing new table as changed for each statement execute function entitlements.keep_task_starts();
