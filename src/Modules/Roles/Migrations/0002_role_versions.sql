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

create function roles.keep_version() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end $$;

-- Whoever writes the permissions, caches must see it.
create trigger keep_version before update of permissions on roles.custom_roles
    for each row when (new.permissions is distinct from old.permissions and new.version = old.version)
    execute function roles.keep_version();

-- Roles could hold the same permission thousands of times. What they grant stays as it is.
update roles.custom_roles role
set permissions = short.permissions
from (
    select id, jsonb_agg(permission order by place) as permissions
    from (
        select id, permission, min(place) as place
        from roles.custom_roles
        cross join jsonb_array_elements(permissions) with ordinality as one (permission, place)
        group by id, permission) kept
    group by id) short
where short.id = role.id
    and jsonb_array_length(short.permissions) < jsonb_array_length(role.permissions);
