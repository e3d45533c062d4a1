create or replace function members.note_directory_change() returns trigger language plpgsql as $$
begin
    update members.directory_changes
    set changes = changes + 1
    where bucket = coalesce(
        (select bucket
         from members.directory_changes
         order by bucket <> pg_backend_pid() % 64, bucket
         limit 1
         for no key update skip locked),
        pg_backend_pid() % 64);
    return null;
end $$;
