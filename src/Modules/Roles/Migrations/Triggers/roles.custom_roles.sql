-- Whoever writes the permissions, caches must see it.
create or replace trigger keep_version before update of permissions on roles.custom_roles
    for each row when (new.permissions is distinct from old.permissions and new.version = old.version)
    execute function roles.keep_version();
