-- :people users in the default organization; every tenth holds an AI seat. Written to the tables directly: a benchmark's data, not a way to import.
insert into members.users (id, username, username_folded, email, email_folded, name, name_folded, status, login_type, last_seen_at, created_at, updated_at)
select gen_random_uuid(), 'p' || i, 'p' || i, 'p' || i || '@example.com', 'p' || i || '@example.com', 'Person ' || i, 'person ' || i, 'active', 'password',
       now() - make_interval(mins => i % 100000), now(), now()
from generate_series(1, :people) i;
insert into members.organization_members (organization_id, user_id, sort_name, created_at, updated_at)
select o.id, u.id, u.username_folded, now(), now()
from members.users u, members.organizations o
where o.is_default
on conflict do nothing;
insert into entitlements.ai_seat_state (user_id, first_used_at, last_used_at, last_event_type, last_event_description, updated_at, counted, is_service_account, sort_name)
select u.id, now() - interval '60 days' - make_interval(secs => spread.x), now() - make_interval(secs => spread.x), 'aibridge', 'bench', now(), true, false, u.username_folded
from members.users u
cross join lateral (select ('x' || substr(md5(u.id::text), 1, 6))::bit(24)::int % 3000000 as x) spread -- equal times would hide what an index is worth
where u.username_folded like 'p%0'
on conflict do nothing;
vacuum analyze;
