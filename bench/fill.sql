-- :people users in the default organization; every tenth holds an AI seat, one in fifty is suspended and two are dormant. Twenty given and fifty family names: a family name is that of 2 %
-- and contradicts the display order. Written to the tables directly: a benchmark's data, not a way to import.
insert into members.users (id, username, username_folded, email, email_folded, name, name_folded, status, login_type, last_seen_at, created_at, updated_at)
select gen_random_uuid(), handle, handle, handle || '@example.com', handle || '@example.com', initcap(given || ' ' || family), given || ' ' || family,
       case spread % 50 when 0 then 'suspended' when 1 then 'dormant' when 2 then 'dormant' else 'active' end, 'password',
       now() - make_interval(mins => i % 100000), now(), now()
from (
    select i, given, family, given || '.' || family || i as handle, abs(hashint4(i)) as spread
    from generate_series(1, :people) i
    cross join lateral (select
        (array['alice', 'bruno', 'chloe', 'david', 'emma', 'felix', 'greta', 'henry', 'irene', 'jonas', 'karen', 'lucas', 'maria', 'noah', 'olive', 'peter', 'quinn', 'robin', 'sofia', 'tobias'])[1 + (i * 7919::bigint) % 20] as given,
        (array['adams', 'baker', 'clark', 'davis', 'evans', 'foster', 'green', 'harris', 'irwin', 'jones', 'keller', 'lewis', 'miller', 'nolan', 'olsen', 'parker', 'quigley', 'reed', 'smith', 'turner', 'underwood', 'vance', 'walker', 'xiong', 'young', 'zimmer', 'abbott', 'bishop', 'carter', 'dixon', 'ellis', 'fisher', 'gibson', 'hunter', 'ingram', 'jensen', 'knight', 'lawson', 'mason', 'norton', 'owens', 'porter', 'quincy', 'rogers', 'sutton', 'thomas', 'upton', 'vaughn', 'webster', 'york'])[1 + (abs(hashint4(i + 1)) / 64) % 50] as family) names) one;
insert into members.organization_members (organization_id, user_id, sort_name, created_at, updated_at)
select o.id, u.id, u.username_folded, now(), now()
from members.users u, members.organizations o
where o.is_default
on conflict do nothing;
insert into entitlements.ai_seat_state (user_id, first_used_at, last_used_at, last_event_type, last_event_description, updated_at, counted, is_service_account, sort_name)
select u.id, now() - interval '60 days' - make_interval(secs => spread.x), now() - make_interval(secs => spread.x), 'aibridge', 'bench', now(), u.status = 'active', false, u.username_folded
from members.users u
cross join lateral (select ('x' || substr(md5(u.id::text), 1, 6))::bit(24)::int % 3000000 as x) spread -- equal times would hide what an index is worth
where u.username_folded like '%.%0'
on conflict do nothing;
vacuum analyze;
