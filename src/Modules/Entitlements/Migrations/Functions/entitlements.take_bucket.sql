-- Nobody waits for a bucket: a writer takes its own, or any other that is free at this moment. Two connections may have the same own
-- bucket, and one that waited there while it held something else could close a circle.
create or replace function entitlements.take_bucket() returns integer language sql as $$
    select coalesce(
        (select bucket
         from entitlements.usage_counts
         order by bucket <> entitlements.own_bucket(), bucket
         limit 1
         for no key update skip locked),
        entitlements.own_bucket())
$$;
