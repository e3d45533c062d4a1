-- Answers the bucket: its holder alone may write rows of that number in the other tables.
create or replace function entitlements.add_usage(people bigint, evidence bigint, seats bigint, service_seats bigint, ended bigint) returns integer language plpgsql as $$
declare
    taken integer := entitlements.take_bucket();
begin
    update entitlements.usage_counts
    set
        active_people = active_people + people,
        people_with_evidence = people_with_evidence + evidence,
        ai_seats = ai_seats + seats,
        service_account_seats = service_account_seats + service_seats,
        ended_interceptions = ended_interceptions + ended
    where bucket = taken;
    return taken;
end $$;
