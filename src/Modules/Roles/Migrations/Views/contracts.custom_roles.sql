-- A request learns which custom roles somebody holds by id and version; what they grant is read once for each version.
create or replace view contracts.custom_roles as
select
    organization_id,
    name,
    display_name,
    permissions,
    id,
    version
from roles.custom_roles;

comment on view contracts.custom_roles is
    'Contract of the Roles module. One row a custom role: organization_id, lower-case name, display_name ("" when none), permissions: jsonb array of {negate, resource_type, action}, the organization permissions; id, and version, which is another one whenever the permissions are.';
