create or replace function entitlements.own_bucket() returns integer language sql stable as $$
    select pg_backend_pid() % 64
$$;
