-- Few members hold a role that is theirs alone: found, and counted, without a look at the others.
create index organization_members_roles on members.organization_members using gin (roles);
create index organization_members_with_roles on members.organization_members (organization_id) include (roles, is_system) where roles <> '{}';
